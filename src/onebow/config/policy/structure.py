"""Doors of restructuring plans and of elections."""

from onebow.config.policy.passes import FINDING_READERS, MEMBERS, OFFICERS, PLAN_READERS, RUNNERS, Door, Near, Pass, url

RESTRUCTURING: tuple[Door, ...] = (
    url("organizations:restructurings", "GET", PLAN_READERS),
    url("organizations:restructuring_new", "GET POST", OFFICERS),
    url("organizations:restructuring", "GET", PLAN_READERS),
    url("organizations:restructuring_hindrances", "GET", PLAN_READERS),
    url("organizations:restructuring_changes", "GET", PLAN_READERS),
    url("organizations:restructuring_board", "GET", OFFICERS),
    url("organizations:restructuring_move", "POST", OFFICERS),
    url("organizations:restructuring_cell", "GET POST", OFFICERS),
    url("organizations:restructuring_planned", "GET", PLAN_READERS),
    url("organizations:restructuring_planned", "POST", OFFICERS),
    url("organizations:restructuring_reason", "GET POST", OFFICERS),
    url("organizations:restructuring_general", "POST", OFFICERS),
    url("organizations:restructuring_general_closure", "POST", OFFICERS),
    url("organizations:restructuring_settings", "GET POST", OFFICERS),
    url("organizations:restructuring_proposal", "POST", OFFICERS),
    url("organizations:restructuring_progress", "GET", PLAN_READERS),
    url("organizations:restructuring_stop", "POST", OFFICERS),
    url("organizations:restructuring_refresh", "POST", OFFICERS),
    url("organizations:restructuring_submission", "GET POST", OFFICERS),
    # The committee decides: its secretary, or an officer of it.
    url("organizations:restructuring_decision", "GET POST", (*OFFICERS, Pass("secretary", Near.SUBTREE))),
    url("organizations:restructuring_paper", "GET POST", OFFICERS),
    url("organizations:restructuring_scan", "GET", PLAN_READERS),
    url("organizations:restructuring_reopening", "POST", OFFICERS),
    url("organizations:restructuring_closure", "GET POST", OFFICERS),
    url("organizations:restructuring_copy", "GET POST", OFFICERS),
    url("organizations:restructuring_reversal", "GET POST", OFFICERS),
    url("organizations:restructuring_enactment", "POST", OFFICERS),
    url("organizations:restructuring_compare", "GET", PLAN_READERS),
    url("organizations:restructuring_pictures", "GET", PLAN_READERS),
    url("organizations:restructuring_people", "GET", PLAN_READERS),
    url("organizations:restructuring_people_file", "GET POST", PLAN_READERS),
    url("organizations:restructuring_papers", "GET", PLAN_READERS),
    url("organizations:restructuring_document", "GET", PLAN_READERS),
    url("organizations:restructuring_document_file", "GET", PLAN_READERS),
    # Lists name people with dates: for those who keep them.
    url("organizations:restructuring_lists", "GET POST", OFFICERS),
    url("organizations:restructuring_lists_progress", "GET", OFFICERS),
    url("organizations:restructuring_lists_file", "GET", OFFICERS),
)


# Elections, appointments, and groups on service chains.
ELECTIONS: tuple[Door, ...] = (
    url("organizations:elections", "GET", RUNNERS + MEMBERS),
    url("organizations:elections_batch", "GET POST", RUNNERS),
    # Members read how an election of their own organization ended.
    url("organizations:election", "GET", RUNNERS + MEMBERS),
    url("organizations:election_new", "GET POST", RUNNERS),
    url("organizations:election_settings", "GET POST", RUNNERS),
    url("organizations:election_candidates", "GET POST", RUNNERS),
    url("organizations:election_submission", "POST", RUNNERS),
    url("organizations:election_decision", "GET POST", RUNNERS),
    url("organizations:election_reply", "GET POST", OFFICERS),
    url("organizations:election_meeting", "GET POST", RUNNERS),
    url("organizations:election_ballots", "GET POST", RUNNERS),
    url("organizations:ballot_closure", "GET POST", RUNNERS),
    url("organizations:election_fewer", "GET POST", RUNNERS),
    url("organizations:election_result", "GET POST", RUNNERS),
    url("organizations:election_closure", "GET POST", RUNNERS),
    url("organizations:election_scan", "GET", RUNNERS),
    url("organizations:election_paper", "GET", RUNNERS),
    url("organizations:appointment", "GET POST", OFFICERS),
    url("organizations:groups", "GET POST", OFFICERS),
    url("organizations:chains_list", "GET", FINDING_READERS),
    url("organizations:chains_xlsx_file", "GET", FINDING_READERS),
)
