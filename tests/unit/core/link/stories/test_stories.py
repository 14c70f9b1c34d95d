"""Invented pages, two by two: whether they tell one event."""

from __future__ import annotations

from itertools import permutations

import pytest
from tests.unit.core.link.things.shelves import shelved

from mingjian.core.link.stories.judging import judge
from mingjian.core.link.stories.linking import story_linking
from mingjian.core.link.stories.profiles import keys_of
from mingjian.core.link.things.grouping import find_links, group
from mingjian.core.link.things.nodes import ProfiledMention, nodes_of
from mingjian.core.model.things import MentionRef


def page(title: str, day: str, body: str) -> str:
    """A page as plain text."""
    return f"{title}\n{day}\n{body}\n"


CRASH = page(
    "安徽省肥东县两客车相撞已致3人死亡",
    "2025-03-06",
    "3月6日7时20分许，安徽省肥东县石塘镇青柳岭路段，一辆大客车与一辆面包车相撞，已致3人死亡，12人受伤。伤者被送往县医院。",
)
CRASH_LATER = page(
    "肥东青柳岭车祸死亡人数升至5人",
    "2025-03-07",
    "昨天早上，肥东县石塘镇青柳岭发生一起车祸，一辆大客车与面包车相撞。记者今天获悉，死亡人数升至5人，事故原因正在调查。",
)
CRASH_NEXT_WEEK = page(
    "安徽省肥东县一货车侧翻",
    "2025-03-15",
    "3月15日下午，安徽省肥东县桥头集镇，一辆满载饲料的货车侧翻，司机轻伤，道路一度中断。",
)
CRASH_SAME_WEEK = page(
    "肥东县石塘镇发生交通事故一人受伤",
    "2025-03-10",
    "3月10日傍晚，肥东县石塘镇集市外，一辆摩托车与三轮车相撞，骑手受伤。",
)
FIRE_A = page(
    "成都一仓库起火无人伤亡",
    "2025-05-04",
    "5月4日凌晨，成都市双流区一处家具仓库起火，消防部门调集十余辆消防车，两小时后明火被扑灭，无人员伤亡。",
)
FIRE_B = page(
    "武汉一仓库起火无人伤亡",
    "2025-05-04",
    "5月4日凌晨，武汉市江夏区一处家具仓库起火，消防部门调集十余辆消防车，两小时后明火被扑灭，无人员伤亡。",
)
FIRE_A_AGAIN = page(
    "双流家具仓库火灾原因初步查明",
    "2025-05-05",
    "成都市双流区家具仓库5月4日凌晨起火，消防部门初步认定由电动叉车充电引起，仓库内的沙发与床垫被烧毁。",
)
QUAKE = page(
    "云南漾濞发生6.1级地震", "2025-04-02", "4月2日9时14分，云南省漾濞县发生6.1级地震，震源深度10公里，大理市震感明显。"
)
QUAKE_FELT = page(
    "昆明部分高楼有震感", "2025-04-02", "4月2日上午9时15分左右，昆明不少市民感到震感，高楼吊灯摇晃，市民下楼避险。"
)
QUAKE_TOLL = page(
    "漾濞地震已致2人死亡", "2025-04-03", "云南省漾濞县4月2日发生的6.1级地震已造成2人死亡，17人受伤，救援队连夜进村。"
)
AFTERSHOCK = page("云南漾濞发生4.2级余震", "2025-04-03", "4月3日6时40分，云南省漾濞县发生4.2级余震，震源深度8公里。")
QUAKE_ELSEWHERE = page(
    "西藏改则发生5.0级地震", "2025-04-02", "4月2日21时30分，西藏自治区改则县发生5.0级地震，当地牧民有震感。"
)
FORUM_2024 = page(
    "青藤算力论坛在贵阳举行", "2024-09-12", "9月12日，2024青藤算力论坛在贵阳举行，二百余名专家讨论算力调度与绿色电力。"
)
FORUM_2025 = page(
    "青藤算力论坛在贵阳举行", "2025-09-11", "9月11日，2025青藤算力论坛在贵阳举行，三百余名专家讨论算力调度与绿色电力。"
)
FORUM_2025_MEDIA = page(
    "贵阳：青藤算力论坛热议算力调度",
    "2025-09-12",
    "青藤算力论坛9月11日在贵阳举行。与会专家热议算力调度、绿色电力，论坛还公布了青藤指数。",
)
LAUNCH_FIRM = page(
    "蓝杉科技推出鹿鸣大模型",
    "2025-06-18",
    "6月18日，蓝杉科技在杭州推出鹿鸣大模型，支持长文本与语音，向开发者开放接口。",
)
LAUNCH_MEDIA = page(
    "蓝杉科技鹿鸣大模型亮相杭州",
    "2025-06-19",
    "6月18日，蓝杉科技的鹿鸣大模型在杭州亮相，语音与长文本能力引人注目，接口向开发者开放。",
)
LAUNCH_OTHER = page(
    "白榆智能推出松果大模型", "2025-06-18", "6月18日，白榆智能在杭州推出松果大模型，面向教育，向学校开放试用。"
)
RAIN = page(
    "云溪县气象台：今日中到大雨", "2025-07-01", "7月1日8时至2日8时，云溪县大部中到大雨，局部暴雨，请注意防范山洪。"
)
RAIN_NEXT = page(
    "云溪县气象台：今日中到大雨", "2025-07-08", "7月8日8时至9日8时，云溪县大部中到大雨，局部暴雨，请注意防范山洪。"
)
POISON = page(
    "四川省剑阁县一小学多名学生食物中毒",
    "2025-05-20",
    "5月19日中午，四川省剑阁县鹤龄镇中心小学多名学生午餐后呕吐，被送往县医院，初步判断为食物中毒。",
)
POISON_AGAIN = page(
    "剑阁学生食物中毒续：31人已出院",
    "2025-05-21",
    "四川省剑阁县鹤龄镇中心小学5月19日发生的食物中毒，送医学生中已有31人出院，豆角样品送检。",
)
POISON_ELSEWHERE = page(
    "广东省遂溪县一工厂工人食物中毒",
    "2025-05-20",
    "5月19日晚，广东省遂溪县一家工厂的二十多名工人晚餐后呕吐，被送往医院，初步判断为食物中毒。",
)
MINE = page(
    "山西省襄垣县一煤矿透水6人被困",
    "2025-02-10",
    "2月9日23时，山西省襄垣县黄岭煤矿发生透水，6人被困井下，救援正在进行。",
)
MINE_SAVED = page(
    "襄垣黄岭煤矿透水被困矿工全部获救",
    "2025-02-12",
    "山西省襄垣县黄岭煤矿2月9日发生透水，被困的6名矿工今天上午全部升井获救。",
)
MINE_NEXT_WEEK = page(
    "山西省襄垣县又一煤矿冒顶", "2025-02-18", "2月17日，山西省襄垣县石滩煤矿发生冒顶，2人被困，石滩煤矿已停产。"
)
TRIAL = page(
    "襄垣黄岭煤矿透水案一审宣判",
    "2025-11-20",
    "11月20日，山西省襄垣县法院对黄岭煤矿透水案一审宣判，矿长等四人获刑。",
)
SIGNING = page(
    "甘泉电子与铜陵市签约建封装基地",
    "2025-08-08",
    "8月8日，甘泉电子与铜陵市签署协议，投资30亿元建设芯片封装基地，计划明年投产。",
)
SIGNING_TOWN = page(
    "铜陵市迎来甘泉电子封装基地项目",
    "2025-08-09",
    "铜陵市8月8日与甘泉电子签约，芯片封装基地项目总投资30亿元，将填补当地封装空白。",
)
BLAST = page(
    "河北省赞皇县一厂房发生爆炸", "2025-10-02", "10月2日14时，河北省赞皇县一处厂房发生爆炸，附近居民听到巨响。"
)
BLAST_TOLL = page(
    "赞皇厂房爆炸致4人受伤", "2025-10-03", "10月2日下午发生在河北省赞皇县的厂房爆炸，已确认造成4人受伤，现场封控。"
)
BLAST_ELSEWHERE = page(
    "福建省古田县一厂房发生爆炸", "2025-10-02", "10月2日15时，福建省古田县一处厂房发生爆炸，附近居民听到巨响。"
)
PRICE = page("青石算力指数报101.35", "2025-08-05", "8月5日，青石算力指数报101.35，较前一日上涨0.42，成交量3180单。")
PRICE_NEXT = page(
    "青石算力指数报101.98", "2025-08-06", "8月6日，青石算力指数报101.98，较前一日上涨0.63，成交量3275单。"
)
ROUNDUP = page("早报｜肥东两客车相撞等", "2025-03-07", "3月6日，安徽省肥东县两客车相撞。另外，成都一仓库起火。")

PLAN_NEWS = page(
    "贵阳出台算力普惠行动计划",
    "2025-03-05",
    "3月4日，贵阳市政府办公室印发《贵阳市算力普惠行动计划（2025—2027年）》，提出分三年建设普惠算力驿站，向小微企业发放算力券。",
)
PLAN_ANALYSIS = page(
    "小厂用算力，还贵吗",
    "2025-03-19",
    "租一张卡，老板要掂量半天。\n日前，贵阳市政府办公室印发《贵阳市算力普惠行动计划（2025—2027年）》，"
    "小微企业可凭算力券到普惠算力驿站用卡。\n有老板说，能省一成就愿意试。",
)
PLAN_BESIDE = page(
    "一家五金厂的算力账",
    "2025-03-20",
    "3月18日，记者走进修文县一家五金厂，车间里两台质检机正在工作，工人不时抬头看屏幕，屏幕上跳动着瑕疵的位置。"
    "厂长算了一笔账：去年请人看瑕疵花了四十万元，如今改用模型，一年能省下一半还多，只是租卡的钱每个月都在涨，"
    "车间主任也抱怨夜里排不上队，常常要等到天亮才能训练，等来的结果有时还不如老师傅的眼睛准。\n"
    "厂长也听说，3月4日贵阳市政府办公室印发了《贵阳市算力普惠行动计划（2025—2027年）》。",
)
PLAN_ADOPTED = page(
    "贵阳市政府常务会议审议通过算力普惠行动计划",
    "2025-02-20",
    "2月19日，贵阳市政府常务会议审议通过《贵阳市算力普惠行动计划（2025—2027年）》，要求按程序印发实施。",
)
PLAN_TEXT = (
    "贵阳市人民政府办公室关于印发《贵阳市算力普惠行动计划（2025—2027年）》的通知\n筑府办发〔2025〕3号\n"
    "各区、市、县人民政府，市政府各部门：\n"
    "《贵阳市算力普惠行动计划（2025—2027年）》已经市政府同意，现印发给你们，请认真组织实施。\n"
    "一、建设普惠算力驿站，向小微企业发放算力券。\n二、完善算力调度平台。\n"
    "贵阳市人民政府办公室\n2025年3月4日\n"
)
PLAN_PASSED_ON = (
    "修文县工业和信息化局关于转发《贵阳市算力普惠行动计划（2025—2027年）》的通知\n2025-03-28\n各企业：\n"
    "现将贵阳市政府办公室3月4日印发的《贵阳市算力普惠行动计划（2025—2027年）》转发给你们，请结合实际抓好落实，"
    "小微企业可凭算力券到普惠算力驿站用卡。\n"
)
TALLY = page(
    "算力周刊第9期",
    "2025-03-07",
    "【贵阳】3月4日，贵阳市政府办公室印发《贵阳市算力普惠行动计划（2025—2027年）》，向小微企业发放算力券。\n"
    "【铜陵】3月5日，甘泉电子与铜陵市签署协议，建设芯片封装基地。\n【杭州】3月6日，蓝杉科技推出鹿鸣大模型。",
)
BULLETIN = page(
    "贵阳出台算力普惠行动计划",
    "2025-03-05",
    "贵阳市政府办公室3月4日印发《贵阳市算力普惠行动计划（2025—2027年）》，向小微企业发放算力券。\n"
    "铜陵迎来封装基地\n甘泉电子3月4日与铜陵市签署协议，建设芯片封装基地，计划明年投产。\n"
    "杭州有了新模型\n蓝杉科技3月4日在杭州推出鹿鸣大模型，支持长文本与语音，接口向开发者开放。\n"
    "襄垣煤矿复产\n山西省襄垣县黄岭煤矿3月3日恢复投产，井下装上了新的监测设备，工人重新培训后上岗。\n"
    "云溪算力大会开幕\n2025云溪算力大会3月4日在云溪县开幕，三百余名专家讨论算力调度与绿色电力。",
)
RULES_SAME_DAY = page(
    "贵阳出台数据标注管理办法",
    "2025-03-05",
    "3月4日，贵阳市政府办公室印发《贵阳市数据标注管理办法》，规范标注企业用工，向小微企业发放培训补贴。",
)
FAIR = page(
    "青藤智博会落幕",
    "2025-11-11",
    "三天展期结束，观众散去。组委会公布，签约项目93个，总金额287亿元，其中算力项目占四成，专业观众比上届多了两成。",
)
FAIR_ABROAD = page(
    "青藤開源區引人排隊",
    "2025-11-12",
    "內地展會愈辦愈熱。據大會統計，青藤智博會促成93個項目簽約，涉資287億元人民幣，算力項目最受追捧，專業觀眾亦有增加。",
)
FAIR_BEFORE = page(
    "青藤智博会落幕",
    "2025-11-11",
    "三天展期结束，观众散去。组委会公布，签约项目71个，总金额198亿元，其中算力项目占四成，专业观众比上届多了两成。",
)
GUEST = page(
    "周岚市长会见甘泉电子客人",
    "2025-06-05",
    "6月4日下午，贵阳市市长周岚在市政府会见来黔出席2025青藤算力大会的甘泉电子董事长陈屿一行。",
)
GUEST_OTHER = page(
    "周岚市长会见蓝杉科技客人",
    "2025-06-05",
    "6月4日下午，贵阳市市长周岚在市政府会见来黔出席2025青藤算力大会的蓝杉科技董事长沈白榆一行。",
)
BRIEFED = page(
    "上半年贵阳新增算力企业四十余家",
    "2025-07-11",
    "记者从贵阳市政府新闻办7月10日举行的新闻发布会上获悉，上半年全市新增算力企业四十余家，带动就业两千余人。",
)
BRIEFED_OTHER = page(
    "贵阳市政府新闻办举行新闻发布会介绍暑期托管",
    "2025-07-11",
    "7月10日，贵阳市政府新闻办举行新闻发布会，介绍中小学暑期托管服务：三百余所学校开放教室与操场。",
)
AT_FORUM = page(
    "白榆智能展出松果机器人",
    "2025-09-12",
    "在9月11日举行的2025青藤算力论坛上，白榆智能的松果机器人为观众沏茶，绿色电力与算力调度之外，机器人最受欢迎。",
)

SAME = {
    "issue and what it means": (PLAN_NEWS, PLAN_ANALYSIS),
    "text and what it means": (PLAN_TEXT, PLAN_ANALYSIS),
    "text and news": (PLAN_TEXT, PLAN_NEWS),
    "the same numbers": (FAIR, FAIR_ABROAD),
    "growing toll": (CRASH, CRASH_LATER),
    "cause of a fire": (FIRE_A, FIRE_A_AGAIN),
    "felt far away": (QUAKE, QUAKE_FELT),
    "toll of an earthquake": (QUAKE, QUAKE_TOLL),
    "forum told twice": (FORUM_2025, FORUM_2025_MEDIA),
    "firm and media": (LAUNCH_FIRM, LAUNCH_MEDIA),
    "poisoning followed up": (POISON, POISON_AGAIN),
    "rescue": (MINE, MINE_SAVED),
    "both sides of a signing": (SIGNING, SIGNING_TOWN),
    "toll of a blast": (BLAST, BLAST_TOLL),
}
OTHER = {
    "told beside": (PLAN_NEWS, PLAN_BESIDE),
    "passed and issued": (PLAN_ADOPTED, PLAN_NEWS),
    "passed, and the text": (PLAN_ADOPTED, PLAN_TEXT),
    "passed on": (PLAN_PASSED_ON, PLAN_ANALYSIS),
    "one of a bulletin": (BULLETIN, PLAN_ANALYSIS),
    "one of a tally": (TALLY, PLAN_NEWS),
    "two documents of one day": (RULES_SAME_DAY, PLAN_NEWS),
    "two guests of one host": (GUEST, GUEST_OTHER),
    "two things told in a briefing": (BRIEFED, BRIEFED_OTHER),
    "shown at a forum": (FORUM_2025, AT_FORUM),
    "other numbers": (FAIR_BEFORE, FAIR_ABROAD),
    "same county, another week": (CRASH, CRASH_NEXT_WEEK),
    "same town, another day": (CRASH, CRASH_SAME_WEEK),
    "later toll, another day": (CRASH_LATER, CRASH_SAME_WEEK),
    "same day, another city": (FIRE_A, FIRE_B),
    "follow-up, another city": (FIRE_A_AGAIN, FIRE_B),
    "aftershock": (QUAKE, AFTERSHOCK),
    "toll and aftershock": (QUAKE_TOLL, AFTERSHOCK),
    "another earthquake that day": (QUAKE, QUAKE_ELSEWHERE),
    "felt, another earthquake": (QUAKE_FELT, QUAKE_ELSEWHERE),
    "annual forum": (FORUM_2024, FORUM_2025),
    "annual forum in media": (FORUM_2024, FORUM_2025_MEDIA),
    "another firm that day": (LAUNCH_FIRM, LAUNCH_OTHER),
    "another firm in media": (LAUNCH_MEDIA, LAUNCH_OTHER),
    "daily figures": (PRICE, PRICE_NEXT),
    "weather series": (RAIN, RAIN_NEXT),
    "poisoning elsewhere": (POISON, POISON_ELSEWHERE),
    "another mine a week later": (MINE, MINE_NEXT_WEEK),
    "rescue and another mine": (MINE_SAVED, MINE_NEXT_WEEK),
    "trial of an old case": (MINE, TRIAL),
    "blast elsewhere": (BLAST, BLAST_ELSEWHERE),
    "other kinds in one place": (POISON, MINE),
}


def stories(*texts: str) -> list[list[int]]:
    """The numbers of the pages of each story."""
    linking = story_linking()
    mentions = []
    for held in shelved({str(number): text for number, text in enumerate(texts)}):
        for one in linking.profiles(held.card, held.record):
            ref = MentionRef(held.card.id, linking.kind, *one.fact.evidence.pair, one.fact.id)
            mentions.append(ProfiledMention(ref, one.profile))
    nodes = nodes_of(linking.kind, mentions)
    groups = group(nodes, find_links(nodes, linking), (), linking)
    return sorted(sorted(int(ref.page) for node in one.nodes for ref in node.refs) for one in groups)


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_tells_one_event(pair: tuple[str, str]) -> None:
    assert stories(*pair) == [[0, 1]]


@pytest.mark.parametrize("pair", OTHER.values(), ids=OTHER)
def test_tells_two_events(pair: tuple[str, str]) -> None:
    assert stories(*pair) == [[0], [1]]


def test_a_roundup_tells_no_story() -> None:
    assert stories(CRASH, ROUNDUP) == [[0]]


def test_order_does_not_matter() -> None:
    texts = (CRASH, CRASH_LATER, CRASH_SAME_WEEK, FIRE_A)
    for order in permutations(range(4)):
        found = stories(*(texts[at] for at in order))
        assert sorted(sorted(order[at] for at in one) for one in found) == [[0, 1], [2], [3]]


def test_the_judge_is_symmetric_and_what_is_one_shares_a_key() -> None:
    linking = story_linking()
    texts = {f"{number}": text for number, pair in enumerate((*SAME.values(), *OTHER.values())) for text in pair[:1]}
    texts |= {f"{number}b": pair[1] for number, pair in enumerate((*SAME.values(), *OTHER.values()))}
    profiles = [one.profile for held in shelved(texts) for one in linking.profiles(held.card, held.record)]
    for first in profiles:
        for second in profiles:
            verdict = judge(first, second)
            assert verdict == judge(second, first)
            if verdict.holds == "same":
                assert set(keys_of(first)) & set(keys_of(second))
