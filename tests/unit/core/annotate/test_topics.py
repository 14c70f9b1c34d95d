from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read


def test_a_technology_has_its_taxonomy_id_and_all_its_mentions() -> None:
    reading = read("团队训练了一个大模型。", "大模型上线后，大模型的费用下降。")
    (model,) = reading.technologies
    assert model.tech == "foundation_model"
    assert len(model.mentions) == 3
    assert model.evidence.text == "大模型"


def test_a_weak_word_counts_only_beside_a_strong_one() -> None:
    assert read("工人把零件对齐。").technologies == ()
    assert {one.tech for one in read("大模型需要对齐。").technologies} == {"foundation_model", "alignment"}


def test_a_weak_word_of_trade_counts_in_a_list_and_not_elsewhere() -> None:
    assert {one.gbt4754 for one in read("覆盖制造、农业、物流等行业。").industries} >= {"C", "A"}
    assert read("他们制造了一台机器。").industries == ()


def test_an_organisation_names_no_industry() -> None:
    assert read("工业和信息化部答复来信。").industries == ()


def industries_of(text: str) -> set[str]:
    return {one.canonical or one.name for one in read(text).industries}


def technologies_of(text: str) -> set[str]:
    return {one.tech for one in read(text).technologies}


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("公园里的体检点用上了智能体检仪。", set(), {"agent"}),
        ("客服智能体已经上线。", {"agent"}, set()),
        ("商店接受数字人民币。", set(), {"digital_human"}),
        ("展厅里的数字人会说方言。", {"digital_human"}, set()),
        ("团队用蒸馏让大模型变小。", {"model_compress"}, set()),
        (
            "酒厂的蒸馏车间也用大数据，隔壁讲人工智能的课还没开，厂里先忙着修锅炉、清点库存，年底再说。",
            set(),
            {"model_compress"},
        ),
        ("双方签了框架协议，也谈到人工智能。", set(), {"framework"}),
        ("要深度学习贯彻大会精神，办好人工智能课。", {"ai"}, {"dl"}),
        ("加强人工智能研究。", {"ai"}, {"agi"}),
        ("機房改用液冷，連上光互連。", {"liquid_cooling", "cpo"}, set()),
        ("模型靠跨模态对齐认图，再做特征对齐。", {"multimodal_model"}, {"alignment"}),
        ("机房采购了一批GB300芯片。", {"ai_chip"}, set()),
    ],
)
def test_a_technology_is_told_by_the_words_around_it(text: str, there: set[str], not_there: set[str]) -> None:
    found = technologies_of(text)
    assert there <= found
    assert not not_there & found


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("支持医疗、教育、养老用上新工具。", {"医疗", "教育", "养老服务"}, set()),
        ("他在医疗上花了不少钱，又说起教育。", set(), {"医疗", "教育"}),
        ("医疗大模型已经上线。", {"医疗"}, set()),
        ("推广“AI+医疗”。", {"医疗"}, set()),
        ("在旅游等重点领域试用。", {"文化和旅游"}, set()),
        ("工业革命改变了世界，消费者在互联网上购物。", set(), {"工业", "互联网", "消费行业"}),
        ("他毕业于云岭农业大学。", set(), {"农业"}),
        ("车间里装了工业机器人。", set(), {"工业"}),
        (
            "采购首版次工业软件，面向光电子、汽车等行业。",
            {"工业软件", "光电子", "汽车产业"},
            {"软件", "电子信息制造业"},
        ),
        ("推动餐饮住宿智能升级、物流智能升级，批发零售重点企业先行。", {"餐饮", "酒店业", "交通物流"}, set()),
        ("物流园区用上智能仓储，附近的智能医学小组也来看。", set(), {"仓储业", "医疗"}),
        ("公司主营储能设备，保险理赔也用大模型。", {"储能产业", "保险业"}, set()),
        ("大模型在电网、发电、煤炭等行业应用。", {"电网", "发电", "煤炭"}, {"电力"}),
        ("推进河湖监管、农业灌溉等领域试用。", {"水利", "农业灌溉"}, {"农业"}),
        ("旅游综合收入增长，教育数字化加快。", {"文化和旅游", "教育"}, set()),
        ("包括仓储、物流、外卖等环节。", set(), {"交通物流", "餐饮"}),
        ("电力、通信、餐饮等多个部门到场。", set(), {"电力", "通信", "餐饮"}),
        ("开设护理、养老、教育等专业。", set(), {"养老服务", "教育", "医疗"}),
        ("信息技术产业课课长说，他们卖激光雷达芯片。", set(), {"信息技术服务业", "光电子"}),
        ("在文物保护领域，药物研发也在提速。", {"文物", "医药制造业"}, {"文化产业"}),
        ("她在人工智能与物流处处长的位置上干了三年。", set(), {"交通物流"}),
        ("保障粮食、能源资源、供应链安全。", set(), {"能源"}),
        ("推广“人工智能+民政”，在审计领域试用。", {"社会福利", "咨询服务"}, set()),
        ("推广工业质检，订阅证券电子行业研报。", {"工业"}, {"检验检测", "证券业"}),
        ("他看了一场演出，在酒店里用激光笔指着玻璃。", set(), {"影视", "酒店业", "光电子"}),
    ],
)
def test_an_industry_is_told_by_the_words_around_it(text: str, there: set[str], not_there: set[str]) -> None:
    found = industries_of(text)
    assert there <= found
    assert not not_there & found


def test_a_page_on_an_industry_names_it_often() -> None:
    assert industries_of("电力涨价。电力紧张。电力外送。电力检修。电力改革。电力入市。") == {"电力"}


def test_an_industry_has_its_codes_and_its_printed_name() -> None:
    (industry,) = read("發展半導體產業。").industries
    assert (industry.name, industry.canonical) == ("半导体产业", "集成电路")
    assert (industry.gbt4754, industry.division, industry.emerging) == ("C", "C39", "sei-1-2")
    assert industry.evidence.text == "半導體產業"


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("打造海洋大模型。", "海洋大模型"),
        ("上线政务AI大模型。", "政务AI大模型"),
        ("训练病理大模型。", "病理大模型"),
        ("港航大模型投用。", "港航大模型"),
        ("海洋环境大模型投用。", "海洋环境大模型"),
        ("粤语病历大模型投用。", "病历大模型"),
    ],
)
def test_a_general_model_behind_a_trade_is_a_model_of_that_trade(text: str, mention: str) -> None:
    reading = read(text)
    (model,) = reading.technologies
    assert (model.tech, model.evidence.text) == ("industry_model", mention)
    assert any(word.evidence.text in mention for word in reading.relevance.ai.words)


@pytest.mark.parametrize(
    ("text", "tech"),
    [
        ("训练多语大模型。", "llm"),
        ("发布日语大模型。", "llm"),
        ("卫星上装了星载小模型。", "small_model"),
        ("厂里建成黑灯车间。", "smart_mfg"),
        ("接入算力互联试验网。", "compute_net"),
    ],
)
def test_a_technology_is_named_by_what_it_speaks_or_where_it_runs(text: str, tech: str) -> None:
    assert technologies_of(text) == {tech}


def test_training_data_in_passing_is_no_data_set() -> None:
    assert "dataset" not in technologies_of("大模型的训练数据包含很多故障记录。")
    assert "dataset" in technologies_of("提供高质量的训练数据，服务大模型。")


@pytest.mark.parametrize("text", ["推进大模型应用。", "国产大模型很多。", "软件大模型很多。"])
def test_a_general_model_behind_other_words_stays_one(text: str) -> None:
    assert technologies_of(text) == {"foundation_model"}


@pytest.mark.parametrize(
    "name",
    [
        "海上风电",
        "冰雪经济",
        "冰雪装备",
        "直播电商",
        "商贸流通",
        "石油工程",
        "海工装备",
        "邮轮产业",
        "宠物经济",
        "茶产业",
        "北斗产业",
        "固态电池产业",
    ],
)
def test_a_word_that_is_no_plain_one_names_an_industry_alone(name: str) -> None:
    (industry,) = read(f"这里发展{name}。").industries
    assert industry.name == name


@pytest.mark.parametrize(
    "text", ["充电桩坏了。", "二手车停在楼下。", "数据中心很吵。", "买了轮胎和玻璃。", "保安服务周到。"]
)
def test_a_plain_word_alone_names_no_industry(text: str) -> None:
    assert read(text).industries == ()
