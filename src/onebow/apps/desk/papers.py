"""Papers and sheets that the product makes, by the name of their address: what they are called.

`GIVEN_BACK` are files that leave without having been made here: what was handed in, packs, keys, what the worker made
earlier. A door that hands out a file stands in one of the two (tests/test_burden_papers.py).
"""

PAPERS = {
    "organizations:chains_xlsx_file": "服务链条清单",
    "organizations:election_paper": "选举文书",
    "organizations:findings_csv_file": "检查结果(.csv)",
    "organizations:findings_xlsx_file": "检查结果",
    "organizations:import_findings": "花名册导入的检查结果",
    "organizations:member_list": "党员名册",
    "organizations:restructuring_document_file": "支部调整文书",
    "organizations:restructuring_lists": "拟设支部名册",
    "organizations:restructuring_people_file": "支部调整名单",
    "organizations:roster_file": "花名册",
    "organizations:roster_numbers": "花名册(完整号码)",
    "plans:bylaw_paper": "支部制度",
    "plans:check_report": "检查讲评",
    "plans:directive_document": "上级部署的文书",
    "plans:directive_report": "落实情况报告",
    "plans:directives_xlsx_file": "上级部署清单",
    "plans:dual_post_paper": "一岗双责清单",
    "plans:gaps_xlsx": "脱节遗忘清单",
    "plans:item_document": "事项的文书",
    "plans:item_sheet": "外出单",
    "plans:items_xlsx": "事项清单",
    "plans:plan_xlsx": "年度计划",
    "plans:taskbook_xlsx": "折子工程",
    "meetings:counts_xlsx": "记录统计",
    "meetings:document": "会议文书",
    "meetings:file": "会议记录",
    "meetings:hours_xlsx": "学时和人次",
    "meetings:index_xlsx": "会议清单",
    "meetings:sheet": "签到表",
    "plans:risks_xlsx_file": "廉政风险点清单",
    "plans:risks_docx_file": "廉政风险点清单(.docx)",
    "plans:risks_pdf_file": "廉政风险点清单(.pdf)",
    "desk:bow_xlsx": "党建业务融合清单",
    "affairs:transfer_letter": "组织关系介绍信",
    "affairs:transfers_export": "组织关系转接清单",
    "affairs:dues_export": "党费测算表",
    "affairs:workbook_file": "党支部工作手册",
}
GIVEN_BACK = frozenset(
    {"organizations:restructuring_lists_file", "affairs:dues_relief_scan", "affairs:workbook_archive"}
)
