"""The checks of `onebow doctor`: what it prints, and the function that yields the faults."""

# Without these nothing is served and no task is done.
CHECKS = {
    "选项": "onebow.apps.base.checks_machine.option_faults",
    "数据目录": "onebow.apps.base.checks_machine.folder_faults",
    "数据库": "onebow.apps.base.checks_database.database_faults",
    "数据表": "onebow.apps.base.checks_database.migration_faults",
    "触发器": "onebow.apps.base.checks_database.guard_faults",
    "密钥": "onebow.apps.base.checks_machine.key_faults",
    "页面资源": "onebow.apps.base.checks_machine.asset_faults",
}
# What an installation in service needs besides.
CHECKS_IN_SERVICE = {
    "写入保障": "onebow.apps.base.checks_database.lasting_faults",
    "磁盘空间": "onebow.apps.base.checks_machine.room_faults",
    "后台任务": "onebow.apps.base.checks_work.worker_faults",
    "系统时钟": "onebow.apps.ledger.health.clock_faults",
    "见证文件": "onebow.apps.ledger.health.witness_faults",
    "存证校验": "onebow.apps.organizations.services.ledger_proof.proof_faults",
    "公文字体": "onebow.apps.documents.official.health.font_faults",
    "通知": "onebow.apps.desk.health.notice_faults",
    "备份": "onebow.apps.base.checks_machine.backup_faults",
}
# What is in use, told beside a check in which nothing is wrong.
CHECK_NOTES = {
    "公文字体": "onebow.apps.documents.official.health.fonts_in_use",
    "通知": "onebow.apps.desk.health.mail_in_use",
}
