from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read

from mingjian.core.model.facts import Organisation


def organisations(*paragraphs: str) -> tuple[Organisation, ...]:
    return read(*paragraphs).names.organisations


def names(*paragraphs: str) -> list[str]:
    return [one.name for one in organisations(*paragraphs)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("苏州市工业和信息化局日前发布通知。", "苏州市工业和信息化局", "government"),
        ("中共苏州市委办公厅印发文件。", "中共苏州市委办公厅", "party"),
        ("由市财政局牵头。", "市财政局", "government"),
        ("近日，杭州青禾机器人有限公司完成融资。", "杭州青禾机器人有限公司", "company"),
        ("据南京大学数字经济研究中心介绍，", "南京大学数字经济研究中心", "research"),
        ("由江苏省智能制造产业联盟主办。", "江苏省智能制造产业联盟", "association"),
        ("水利部等九部门共同下发文件。", "水利部", "government"),
    ],
)
def test_finds_the_whole_name(text: str, name: str, kind: str) -> None:
    assert [(one.name, one.type) for one in organisations(text)] == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("近日，一数智能科技有限公司完成融资。", "一数智能科技有限公司"),
        ("与一数科技有限公司合作。", "一数科技有限公司"),
        ("两禾科技有限公司落户。", "两禾科技有限公司"),
        ("三禾科技有限公司落户。", "三禾科技有限公司"),
        ("一米八科技有限公司完成融资。", "一米八科技有限公司"),
        ("日前，一米八科技发布新款机器人。", "一米八科技"),
    ],
)
def test_a_numeral_that_counts_nothing_begins_the_name_of_a_firm(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "一家科技有限公司落户。",
        "这是一家科技有限公司。",
        "一批科技有限公司落户。",
        "一百二十家科技有限公司落户。",
        "三大科技公司发布产品。",
        "两省科技有限公司合作。",
        "一线科技公司裁员。",
    ],
)
def test_a_numeral_that_counts_firms_begins_no_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "上市公司增加投入。",
        "建设一批国家重点实验室。",
        "落实党中央、国务院决策部署。",
        "我国新能源汽车出口增长。",
        "各大银行下调利率。",
    ],
)
def test_general_words_and_set_phrases_name_no_organisation(text: str) -> None:
    assert names(text) == []


def test_the_title_of_a_document_names_no_organisation_but_a_paper_in_marks_is_one() -> None:
    assert names("依据《深圳证券交易所交易规则》披露。") == []
    assert names("他对《人民日报》说。") == ["《人民日报》"]


def test_a_short_name_that_the_page_binds_is_a_mention_of_the_same_organisation() -> None:
    (one,) = organisations("苏州东吴先进材料研究院（以下简称“东材院”）成立。", "东材院将招收学生。")
    assert one.name == "苏州东吴先进材料研究院"
    assert len(one.mentions) == 3


def test_the_heart_of_a_full_name_is_a_mention_of_the_firm() -> None:
    (one,) = organisations("深圳市启衡电子股份有限公司投产。", "启衡电子的产能翻倍。")
    assert len(one.mentions) == 2


def test_names_of_one_entry_are_one_organisation_with_its_official_name() -> None:
    (one,) = organisations("工信部答复，工业和信息化部将组织检查。")
    assert (one.name, one.canonical) == ("工信部", "工业和信息化部")


@pytest.mark.parametrize("role", ["运营方", "承建方", "主办方", "建设单位", "其中", "位于", "母公司", "（二）"])
def test_a_role_or_number_before_a_name_is_no_part_of_it(role: str) -> None:
    assert names(f"{role}杭州青禾机器人有限公司参会。") == ["杭州青禾机器人有限公司"]


def test_a_channel_is_no_organisation() -> None:
    assert names("欢迎关注微信公众号。") == []


def found(*paragraphs: str) -> dict[str, Organisation]:
    return {one.name: one for one in organisations(*paragraphs)}


def test_the_later_organs_of_a_list_belong_to_the_place_of_the_first() -> None:
    one = found("浙江省发展改革委、科技厅、省财政厅联合印发通知。")
    assert [(named.name, named.canonical, named.region) for named in one.values()] == [
        ("浙江省发展改革委", "浙江省发展和改革委员会", "330000"),
        ("科技厅", "浙江省科学技术厅", "330000"),
        ("省财政厅", "浙江省财政厅", "330000"),
    ]
    assert one["科技厅"].support[0].text == "浙江省发展改革委"


@pytest.mark.parametrize(
    ("text", "name", "canonical", "region"),
    [
        ("苏州市工信局发布名单。", "苏州市工信局", "苏州市工业和信息化局", "320500"),
        ("长春市朝阳区教育局发布通知。", "长春市朝阳区教育局", "长春市朝阳区教育局", "220104"),
        ("中共苏州市委办公厅印发文件。", "中共苏州市委办公厅", "中共苏州市委办公厅", "320500"),
        ("吉林省委书记到访。", "吉林省委", "中共吉林省委", "220000"),
        ("青禾市工信局发布名单。", "青禾市工信局", None, None),
        ("合肥高新区管委会揭牌。", "合肥高新区管委会", None, "340100"),
        ("国家税务总局北京市税务局公告。", "国家税务总局北京市税务局", None, "110000"),
    ],
)
def test_an_organ_of_a_place_has_the_code_and_the_full_name_where_they_are_known(
    text: str, name: str, canonical: str | None, region: str | None
) -> None:
    (one,) = organisations(text)
    assert (one.name, one.canonical, one.region) == (name, canonical, region)


def test_a_level_alone_means_the_only_place_of_that_level() -> None:
    one = found("苏州市发布规划。", "市财政局负责落实。")
    assert (one["市财政局"].canonical, one["市财政局"].region) == ("苏州市财政局", "320500")
    assert found("苏州市与无锡市签约。", "市财政局负责落实。")["市财政局"].canonical is None


@pytest.mark.parametrize(
    ("paragraphs", "canonical"),
    [
        (("国资委要求中央企业带头。",), "国务院国有资产监督管理委员会"),
        (("浙江省国资委召开会议。", "国资委要求省属企业转型。"), "浙江省人民政府国有资产监督管理委员会"),
        (("国务院国资委与浙江省国资委座谈，国资委要求落实。",), None),
        (("发改委有关负责人到场。",), None),
        (("国家发展改革委印发通知，发改委有关负责人到场。",), "国家发展和改革委员会"),
    ],
)
def test_a_bare_name_means_the_body_that_the_page_names(paragraphs: tuple[str, ...], canonical: str | None) -> None:
    (one,) = (
        one for one in organisations(*paragraphs) for start, end in one.mentions[-1:] if _words(paragraphs, start, end)
    )
    assert one.canonical == canonical


def _words(paragraphs: tuple[str, ...], start: int, end: int) -> bool:
    text = "\n".join(paragraphs)
    return text[start:end] in {"国资委", "发改委"} and text[start - 1 : start] in {"", "，", "\n"}


def test_many_bodies_are_no_body() -> None:
    assert names("各地发改委要落实，各级教育局加强管理，有关部门配合。") == []


def test_a_department_carries_the_name_of_its_body() -> None:
    assert names("国家发展改革委高技术司、国务院国资委科创局负责人到场。") == [
        "国家发展改革委高技术司",
        "国务院国资委科创局",
    ]


def test_a_local_branch_is_not_the_central_body() -> None:
    (one,) = organisations("省贸促会会长到场。")
    assert (one.name, one.canonical) == ("省贸促会", None)


@pytest.mark.parametrize(
    ("text", "name", "canonical"),
    [
        ("秘鲁文化部的官员来访。", "秘鲁文化部", None),
        ("中国驻秘鲁大使馆发布提醒。", "中国驻秘鲁大使馆", None),
        ("美国苹果公司发布产品。", "苹果公司", "苹果公司"),
    ],
)
def test_a_country_before_a_name(text: str, name: str, canonical: str | None) -> None:
    (one,) = organisations(text)
    assert (one.name, one.canonical) == (name, canonical)


def test_a_ministry_after_one_of_another_country_is_of_that_country() -> None:
    one = found("美国国务院与国防部都有回应。")
    assert one["国防部"].canonical == "美国国防部"
    assert found("商务部回应，中国反对美国商务部的做法。")["商务部"].canonical == "商务部"


def test_firms_are_known_by_the_list_that_they_stand_in() -> None:
    text = "一行前往华为、青禾种业、红松传动等企业调研。"
    assert names(text) == ["华为", "青禾种业", "红松传动"]
    assert names("人工智能、大数据、云计算等企业集聚。") == []


def test_the_code_that_the_page_prints_is_cited() -> None:
    (one,) = organisations("，青禾传动（600999）上涨。")
    assert (one.code, one.code_as_of) == ("600999", None)
    assert one.parts["code"] == ((6, 12),)


def test_a_listed_firm_has_the_code_of_the_lexicon_with_its_day() -> None:
    (one,) = organisations("平安银行发布年报。")
    assert (one.entity, one.code, one.code_as_of) == ("listed_companies:000001", "000001", "2023-10-18")


def test_a_subsidiary_names_its_group() -> None:
    (one,) = organisations("中移信息发布平台。")
    assert (one.canonical, one.parent) == ("中移动信息技术有限公司", "中国移动通信集团有限公司")


def test_several_short_names_in_one_bracket() -> None:
    (one,) = organisations("杭州青禾机器人有限公司（简称青禾机器人，QHR）获投。", "青禾机器人将扩产，QHR上市。")
    assert len(one.mentions) == 5


def test_the_heart_leaves_out_the_form_and_the_place_in_brackets() -> None:
    (one,) = organisations("青禾云汐科技（上海）有限公司投产。", "青禾云汐的产能翻倍。")
    assert len(one.mentions) == 2


def test_a_bound_short_name_wins_over_a_rule() -> None:
    (one,) = organisations("望溪新区管理委员会（以下简称“望溪管委会”）揭牌。", "望溪管委会将招商。")
    assert len(one.mentions) == 3


@pytest.mark.parametrize(
    ("text", "found_names"),
    [
        ("她在新浪微博上发文回应。", []),
        ("快手发布财报，营收增长。", ["快手"]),
        ("知乎网友讨论此事。", []),
    ],
)
def test_a_platform_counts_where_it_acts(text: str, found_names: list[str]) -> None:
    assert names(text) == found_names


def test_the_place_of_a_firm_in_a_list_says_nothing_of_the_level_alone() -> None:
    one = found("杭州市委改革办、省委金融委办公室、国网江苏电力参会。")
    assert one["省委金融委办公室"].canonical == "中共浙江省委金融委办公室"


def test_every_place_of_a_list_is_none() -> None:
    assert names("各市、自治州人民政府，省政府各部门：") == []


def test_investors_of_a_list_are_known_by_their_names() -> None:
    assert names("青禾创投领投，包括红松资本、望溪基金和启衡创投等知名投资机构跟投。") == [
        "青禾创投", "红松资本", "望溪基金", "启衡创投",
    ]  # fmt: skip


def test_a_unit_may_end_as_its_body_does() -> None:
    assert names("中国信息通信研究院人工智能研究所发布报告。") == ["中国信息通信研究院人工智能研究所"]
    assert names("（红松望溪研究所）与（青禾望溪研究所）签约。") == ["红松望溪研究所", "青禾望溪研究所"]


@pytest.mark.parametrize(
    ("text", "found_names"),
    [
        ("武汉理工大学和青禾智能制造研究院共建平台。", ["武汉理工大学", "青禾智能制造研究院"]),
        ("清华大学联合青禾数金研究院发布报告。", ["清华大学", "青禾数金研究院"]),
        ("上海金融与法律研究中心研究员建议，", ["上海金融与法律研究中心"]),
    ],
)
def test_a_name_ends_where_a_word_of_joining_leads_to_another(text: str, found_names: list[str]) -> None:
    assert names(text) == found_names


@pytest.mark.parametrize(
    ("text", "found_names"),
    [
        ("端侧大模型公司青禾之境（杭州）智能科技有限公司完成融资。", ["青禾之境（杭州）智能科技有限公司"]),
        ("杭州安防企业望溪瞳科技股份有限公司公告，", ["望溪瞳科技股份有限公司"]),
        ("合肥机器人公司青禾元动首席执行官由他人接替。", ["青禾元动"]),
        ("收购德国机器人软件公司Qinghe Robotics。", ["Qinghe Robotics"]),
        ("大模型公司“青禾之境”完成B轮融资。", ["青禾之境"]),
        ("人形机器人公司杭州青禾科技有限公司完成融资。", ["杭州青禾科技有限公司"]),
        ("科技公司宣布裁员，大模型公司“六小虎”完成融资，某AI公司CTO说，", []),
    ],
)
def test_what_says_what_a_firm_is_stays_outside_its_name(text: str, found_names: list[str]) -> None:
    assert names(text) == found_names


@pytest.mark.parametrize(
    ("text", "found_names"),
    [
        ("英国望溪顿大学的团队参与。", ["望溪顿大学"]),
        ("他获英国望溪顿大学博士学位。", ["英国望溪顿大学"]),
        ("德国经济研究所认为，", ["德国经济研究所"]),
        ("奥地利因斯布鲁克山地研究所所长说，", ["因斯布鲁克山地研究所"]),
        ("江西青赣农商银行推出产品。", ["青赣农商银行"]),
        ("张家口崇礼区文化广电和旅游局局长说，", ["崇礼区文化广电和旅游局"]),
        ("北京市海淀区财政局答复，", ["北京市海淀区财政局"]),
        ("中意宁波生态园管委会主任说，", ["中意宁波生态园管委会"]),
        ("支持南通大学建设学科。", ["南通大学"]),
    ],
)
def test_what_a_place_before_a_name_belongs_to(text: str, found_names: list[str]) -> None:
    assert names(text) == found_names


@pytest.mark.parametrize(
    ("text", "found_names"),
    [
        ("星桥资本领投，老股东青禾创投持续加码，望溪资本担任独家财务顾问。", ["星桥资本", "青禾创投", "望溪资本"]),
        ("用好绍兴市山海协作产业母基金。", ["绍兴市山海协作产业母基金"]),
        ("引导社会资本设立产业投资基金，耐心资本持续加码。", []),
        ("客户包括华为、青禾能源等，", ["华为", "青禾能源"]),
        ("推动华为、清洁能源企业合作。", ["华为"]),
        ("由青禾云图科技自主研发。", ["青禾云图科技"]),
        ("上汽集团旗下青禾智途7月30日宣布，", ["上汽集团", "青禾智途"]),
        ("数据保护机构QHA已要求其提交说明。", ["QHA"]),
        ("疏勒县青禾种植专业合作社理事长说，", ["疏勒县青禾种植专业合作社"]),
        ("中国工程院院士张三介绍，", ["中国工程院"]),
        (
            "国家望溪制造业转型升级基金、深圳市天使投资引导基金参与。",
            ["国家望溪制造业转型升级基金", "深圳市天使投资引导基金"],
        ),
        ("由江苏省人工智能学会主办。", ["江苏省人工智能学会"]),
        ("苏州农商银行吴江支行签约。", ["苏州农商银行吴江支行"]),
        ("英国竞争与市场管理局立案。", ["英国竞争与市场管理局"]),
        ("下属的机器人标准与创新中心主任说，", ["机器人标准与创新中心"]),
    ],
)
def test_firms_and_funds_by_what_the_sentence_says(text: str, found_names: list[str]) -> None:
    assert names(text) == found_names


@pytest.mark.parametrize(
    ("paragraphs", "name", "canonical"),
    [
        (("由青禾港集团牵头。", "青禾港集团有限公司参与。"), "青禾港集团", "青禾港集团有限公司"),
        (("望溪装备集团、青禾股份等企业", "襄阳青禾精工股份有限公司介绍，"), "青禾股份", "襄阳青禾精工股份有限公司"),
        (("Qinghe联合创始人说，", "人工智能公司Qinghe AI发布模型。"), "Qinghe", "Qinghe AI"),
        (("英国望溪顿大学参与。", "他是英国望溪顿大学博士。"), "望溪顿大学", None),
    ],
)
def test_two_forms_of_one_name_are_one_organisation(
    paragraphs: tuple[str, ...], name: str, canonical: str | None
) -> None:
    ours = [one for one in organisations(*paragraphs) if one.name != "望溪装备集团"]
    assert [(one.name, one.canonical) for one in ours] == [(name, canonical)]


def test_a_level_alone_means_the_place_that_its_block_names() -> None:
    one = found("浙江：省数据局换帅。", "浙江省人民政府发布通知。", "海南省人民政府发布通知。")["省数据局"]
    assert (one.canonical, one.support[0].text) == ("浙江省数据局", "浙江")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("贵州师范大学参会。", "贵州师范大学"),
        ("她和常州理工学院有约。", "常州理工学院"),
        ("甘肃农垦集团派人来。", "甘肃农垦集团"),
        ("江苏移动联合多家企业打造平台。", "江苏移动"),
        ("苏州市文体广电和旅游局副局长说。", "苏州市文体广电和旅游局"),
        ("苏州市望溪保护局局长说。", "苏州市望溪保护局"),
        ("苏州智造基金出资。", "苏州智造基金"),
        ("苏州数研院发布报告。", "苏州数研院"),
        ("由中国—东盟望溪科技股份有限公司承建。", "中国—东盟望溪科技股份有限公司"),
        ("物业开发商Qinghe Digital首席执行官说。", "Qinghe Digital"),
        ("成员包括Qinghe Kernel、富士通。", "Qinghe Kernel"),
        ("富士通与美国甲骨文计划合办学校。", "甲骨文"),
        ("苏州市家用电器行业协会牵头。", "苏州市家用电器行业协会"),
        ("联合国望溪规划署署长说。", "联合国望溪规划署"),
        ("乌兹别克斯坦数字技术部部长说。", "乌兹别克斯坦数字技术部"),
        ("苏州实验室主任说。", "苏州实验室"),
        ("黄河水利委员会回复。", "黄河水利委员会"),
        ("将名单报送市财政局。", "市财政局"),
    ],
)
def test_finds_bodies_of_whole_classes(text: str, found: str) -> None:
    assert found in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "使用江苏移动支付的人增多。",
        "教电脑学会画图。",
        "各校开办现代产业学院。",
        "苏州、无锡、常州三市人民政府协办。",
        "记者来到万科青禾湖度假区。",
        "建设北京国际科技创新中心。",
        "打造中心和平台。",
    ],
)
def test_words_of_the_same_shape_are_no_bodies(text: str) -> None:
    assert names(text) == []


def test_the_carrier_of_a_grid_is_one_by_its_full_and_short_name() -> None:
    found = organisations("国网江苏省电力有限公司投运平台。国网江苏电力表示，平台已上线。")
    assert [one.name for one in found] == ["国网江苏省电力有限公司"]
    assert len(found[0].mentions) == 2


def test_an_organ_with_and_without_the_level_of_its_place_is_one() -> None:
    (bureau,) = read("深圳市公安局发布通告，昨天深圳公安局又发布一次。").names.organisations
    assert (bureau.name, bureau.canonical, len(bureau.mentions)) == ("深圳市公安局", "深圳市公安局", 2)
