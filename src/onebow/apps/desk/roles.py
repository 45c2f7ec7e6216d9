"""The roles in which people act here, the weightiest first, in the words of the product."""

ROLES = {
    "officer": "党务干部",
    "secretary": "书记",
    "unit_head": "行政负责人",
    "handler": "一线办理人",
    "reviewer": "评审专家",
    "dispatched": "选派人员",
    "liaison": "企业联络员",
    "member": "党员",
    "staff": "职工",
}
