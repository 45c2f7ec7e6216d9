"""What an election must hold to. Refusals cite the article."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from onebow.apps.base.filters import day
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Election, Office, Organization, Person, Post
from onebow.apps.organizations.rules.structure import Authority
from onebow.cores.regulations.table import Rule, rule
from onebow.cores.regulations.votes import candidates_needed

K = Organization.Kind
State = Election.State
MOST_DEPUTIES = 4


def check_can_run(organization: Organization, authority: Authority) -> None:
    """Officers and the secretary of the organization, or of one above it, prepare its elections and record them."""
    if not authority.leads(organization.path):
        raise Refused(f"“{organization.name}”的选举由其书记或党务干部办理。")


def check_can_begin(organization: Organization, held_on: date, today: date) -> None:
    """What elects is a lasting Party organization without an election that still goes on."""
    if organization.kind not in Election.KINDS:
        label = organization.get_kind_display()
        raise Refused(f"{label}“{organization.name}”不进行换届选举;临时党支部的班子由批准的党组织指定。")
    if not organization.holds_on(held_on):
        raise Refused(f"“{organization.name}”在{day(held_on)}还没有设立或已经撤销,请核对选举日期。")
    if organization.elections.filter(state__in=Election.OPEN).exists():
        raise Refused(f"“{organization.name}”已有一次选举正在进行,请先完成或取消。")
    if held_on < today and organization.elections.filter(state=State.FINISHED, held_on__gte=held_on).exists():
        raise Refused(f"“{organization.name}”在{day(held_on)}或之后已有选举结果,请核对选举日期。")


def check_shape(organization: Organization, shape: Election, full: int) -> None:
    """The manner and the seats follow from the count of full members; a by-election fills what is vacant."""
    if shape.deputies > MOST_DEPUTIES:
        raise Refused(f"副书记最多 {MOST_DEPUTIES} 名,请核对。")
    if not shape.has_committee and shape.seats:
        raise Refused("直接选举书记的,不选委员,委员名额请填 0。")
    if not (shape.seats or shape.secretaries or shape.deputies):
        raise Refused("请填写要选的名额。")
    if shape.is_vacancy:
        return
    if not shape.secretaries:
        raise Refused("成立选举和换届选举都要选举书记;只补委员的请选“补选”。")
    if shape.has_committee and shape.seats <= shape.deputies:
        raise Refused(f"委员 {shape.seats} 名,其中有书记和副书记 {shape.deputies + 1} 名,委员名额不够。")
    if organization.kind in (K.BRANCH, K.JOINT_BRANCH):
        _check_branch(shape, full)


def _check_branch(shape: Election, full: int) -> None:
    needed, size = _known("BR-COMMITTEE", shape.held_on), _known("BR-COMMITTEE-SIZE", shape.held_on)
    large = needed.number("full_members")
    if shape.has_committee and full < large:
        raise Refused(f"正式党员 {full} 人,不足 {large} 人,不设支部委员会,直接选举书记({needed.citation})。")
    if not shape.has_committee and full >= large:
        raise Refused(f"正式党员 {full} 人,达到 {large} 人,应当设支部委员会,先选委员({needed.citation})。")
    least, most = size.number("people_at_least"), size.number("people_at_most")
    if shape.has_committee and not least <= shape.seats <= most:
        usual = size.number("people_generally")
        raise Refused(f"支部委员 {least}—{usual} 人,一般不超过 {most} 人,不能是 {shape.seats} 人({size.citation})。")


def check_state(election: Election, *states: str) -> None:
    """The deed fits where the election has got to; whoever comes second is told."""
    if election.state not in states:
        raise Refused(f"这次选举现在是“{election.get_state_display()}”,不能再办这一步;请刷新页面看最新情况。")


Chosen = Collection[tuple[str, int]]


def check_candidates(
    election: Election, chosen: Chosen, voters: Mapping[int, Person], sitting: Collection[int]
) -> None:
    """Full members of the organization; a surplus for the committee, equal numbers for secretary and deputy.

    `chosen` are offices with persons; `sitting` those in the committee that goes on, in a by-election.
    """
    for office, person_id in chosen:
        if person_id not in voters:
            known = _known("ELEC-VOTER", election.held_on)
            name = Person.objects.get(pk=person_id).name
            raise Refused(
                f"{name}在{day(election.held_on)}不是“{election.organization.name}”有选举权的正式党员,"
                f"不能作{Office(office).label}候选人({known.citation})。"
            )
    counts = Counter(office for office, _ in chosen)
    for office in (Office.SECRETARY, Office.DEPUTY):
        if counts[office] != election.seats_of(office):
            raise Refused(
                f"{office.label}等额选举:应选 {election.seats_of(office)} 名,"
                f"候选人 {counts[office]} 名({_known('ELEC-SURPLUS', election.held_on).citation})。"
            )
    _check_helpers(election, chosen, voters)
    _check_surplus(election, counts[Office.MEMBER])
    _check_leaders(election, chosen, voters, sitting)


def _check_helpers(election: Election, chosen: Chosen, voters: Mapping[int, Person]) -> None:
    helpers = set(election.helpers.values_list("person_id", flat=True))
    if both := helpers & {person_id for _, person_id in chosen}:
        raise Refused(f"{voters[min(both)].name}已定为监票人或计票人,不能作候选人;请先调整会议安排。")


def _check_surplus(election: Election, members: int) -> None:
    if not election.seats:
        if members:
            raise Refused("这次不选委员,请不要提名委员候选人。")
        return
    needed, known = candidates_needed(election.seats, on=election.held_on), _known("ELEC-SURPLUS", election.held_on)
    if members < needed:
        raise Refused(
            f"委员应选 {election.seats} 名,差额选举至少要 {needed} 名候选人,现有 {members} 名({known.citation})。"
        )


def _check_leaders(election: Election, chosen: Chosen, voters: Mapping[int, Person], sitting: Collection[int]) -> None:
    leaders = [person_id for office, person_id in chosen if office != Office.MEMBER]
    if twice := [person_id for person_id, count in Counter(leaders).items() if count > 1]:
        raise Refused(f"{voters[twice[0]].name}不能同时作书记和副书记候选人。")
    if not election.has_committee:
        return
    members = {person_id for office, person_id in chosen if office == Office.MEMBER} | set(sitting)
    for person_id in leaders:
        if person_id not in members:
            raise Refused(f"{voters[person_id].name}是书记或副书记候选人,要先列为委员候选人。")


def check_meeting(election: Election, people: Mapping[str, Collection[int]], full: Mapping[int, Person]) -> None:
    """Scrutineers are no candidates; who helps belongs to the organization, and helps in one way."""
    candidates = set(election.candidates.values_list("person_id", flat=True))
    scrutineers, tellers = set(people["scrutineer"]), set(people["teller"])
    if both := scrutineers & tellers:
        raise Refused(f"{full[min(both)].name}不能既是监票人又是计票人。")
    if standing := (scrutineers | tellers) & candidates:
        raise Refused(f"{full[min(standing)].name}是候选人,不能担任监票人或计票人。")
    if absent := set(people["absent"]) & (scrutineers | tellers | candidates | set(people["chair"])):
        raise Refused(f"{full[min(absent)].name}不计入应到,不能同时是候选人、主持人、监票人或计票人。")


def check_held_on(election: Election, held_on: date, today: date, approved_on: date | None) -> None:
    """An election is held once its candidates were approved, and is told of afterwards."""
    if held_on > today:
        raise Refused(f"选举日期{day(held_on)}还没有到,开会后再登记计票结果;日期有变请先改会议安排。")
    if approved_on is not None and held_on < approved_on:
        raise Refused(f"候选人预备人选 {day(approved_on)}才批复,选举日期不能早于这一天。")
    if election.organization.starts_on and held_on < election.organization.starts_on:
        raise Refused(f"“{election.organization.name}”{day(election.organization.starts_on)}才成立,请核对选举日期。")


def check_succeeds(election: Election, sitting: Iterable[Post]) -> None:
    """Whoever is elected takes over from the day of the election: those who sit took office on a day before it."""
    on = election.held_on
    for post in sitting:
        if not election.is_vacancy and post.starts_on is not None and post.starts_on >= on:
            title = "负责人" if post.appointed == Post.Appointed.DESIGNATED else post.get_role_display()
            raise Refused(
                f"“{election.organization.name}”的{title}{post.person.name}自{day(post.starts_on)}起任职,"
                "选举日期应晚于这一天。"
            )


def check_given_up(election: Election, seats: int, agreed: int, due: int, open_seats: int) -> None:
    """Too few were elected: the rest of the seats is given up if more than half of the voters agree."""
    win = _known("ELEC-WIN", election.held_on)
    part, whole = win.share("yes_more_than")
    if not 0 < seats <= open_seats:
        raise Refused(f"还缺 {open_seats} 名委员,减少的名额应为 1 至 {open_seats}。")
    if agreed > due:
        raise Refused(f"同意 {agreed} 人,多于应到 {due} 人,请核对。")
    if agreed * whole <= due * part:
        raise Refused(f"同意减少名额的 {agreed} 人,没有超过应到 {due} 人的半数,要另行选举({win.citation})。")
    if election.organization.kind in (K.BRANCH, K.JOINT_BRANCH) and not election.is_vacancy:
        least = _known("BR-COMMITTEE", election.held_on)
        if election.seats - election.given_up - seats < least.number("people_at_least"):
            people = least.number("people_at_least")
            raise Refused(f"支部委员不得少于 {people} 人,不能再减少名额,要另行选举({least.citation})。")


def _known(rule_id: str, on: date) -> Rule:
    """The rule of the day.

    Raises:
        Refused: it was not in force yet.
    """
    known = rule(rule_id, on=on)
    if known is None:
        raise Refused(f"{day(on)}时现行的选举规定还没有施行,这次选举不能在这里办理。")
    return known
