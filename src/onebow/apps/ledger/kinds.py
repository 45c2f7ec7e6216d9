"""The kinds of entry, in one registry. An undeclared kind cannot be recorded."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """台账事项: its key, its Chinese label and its side (party, business, both or system)."""

    key: str
    label: str
    side: str


KINDS = (
    Kind("organization.founded", "设立组织", "both"),
    Kind("organization.changed", "修改组织信息", "both"),
    Kind("organization.renamed", "组织更名", "both"),
    Kind("organization.moved", "调整上级组织", "both"),
    Kind("organization.dissolved", "撤销组织", "both"),
    Kind("link.made", "建立组织联系", "both"),
    Kind("link.ended", "解除组织联系", "both"),
    Kind("place.made", "登记场所", "both"),
    Kind("place.changed", "修改场所", "both"),
    Kind("person.registered", "登记人员", "both"),
    Kind("person.changed", "修改人员信息", "both"),
    Kind("person.merged", "合并重复人员", "both"),
    Kind("person.revealed", "查看完整证件或电话", "system"),
    Kind("membership.started", "编入组织", "both"),
    Kind("membership.changed", "更正隶属信息", "both"),
    Kind("membership.ended", "调离组织", "both"),
    Kind("post.started", "任职", "both"),
    Kind("post.ended", "免职", "both"),
    Kind("approval.decided", "审批", "both"),
    Kind("import.checked", "预检花名册", "system"),
    Kind("import.applied", "导入花名册", "both"),
    Kind("roster.exported", "导出花名册", "system"),
    Kind("grant.made", "授权", "system"),
    Kind("grant.ended", "收回授权", "system"),
    Kind("account.created", "开设账号", "system"),
    Kind("account.activated", "激活账号", "system"),
    Kind("account.disabled", "停用账号", "system"),
    Kind("account.enabled", "启用账号", "system"),
    Kind("account.slip_printed", "发放激活单", "system"),
    Kind("account.password_changed", "修改密码", "system"),
    Kind("account.office_given", "任命管理员", "system"),
    Kind("account.signed_in", "登录", "system"),
    Kind("account.signed_out", "退出登录", "system"),
    Kind("account.sign_in_failed", "登录失败", "system"),
    Kind("account.locked", "登录锁定", "system"),
    Kind("account.unlocked", "解除登录锁定", "system"),
    Kind("account.factor_added", "启用两步验证", "system"),
    Kind("account.factor_removed", "关闭两步验证", "system"),
    Kind("installation.set_up", "完成初始设置", "system"),
    Kind("backup.made", "备份", "system"),
    Kind("backup.restored", "从备份恢复", "system"),
)
BY_KEY = {kind.key: kind for kind in KINDS}
