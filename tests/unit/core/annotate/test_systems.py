from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read

from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.systems import annotate_systems
from mingjian.core.model.resources import System
from mingjian.core.pipeline.findings import find_all
from mingjian.core.rulebook import bundled_rulebook


def systems_in(*paragraphs: str) -> tuple[System, ...]:
    reading = read(*paragraphs)
    found = find_all(reading.article, bundled_rulebook())
    return annotate_systems(
        reading.article,
        found.rules["systems"],
        found.lexicons["products"],
        reading.relevance.ai,
        reading.names.organisations,
        annotate_quantities(reading.article, bundled_rulebook(), ()),
    )


def test_systems_are_names_and_stand_once() -> None:
    names = [system.name for system in systems_in("“青松”语音大模型与ChatGPT不同。", "ChatGPT没有“青松”语音大模型快。")]
    assert names == ["“青松”语音大模型", "ChatGPT"]


def test_a_platform_is_named_by_what_it_serves() -> None:
    (system,) = systems_in("该省建成省级算力调度平台。")
    assert (system.name, system.kind) == ("省级算力调度平台", "platform")


@pytest.mark.parametrize(
    ("text", "name", "entity", "version"),
    [
        ("文心大模型4.5已经开源。", "文心大模型4.5", "ernie", "4.5"),
        ("团队用DeepSeek-R1做实验。", "DeepSeek-R1", "deepseek-r1", "R1"),
        ("盘古气象大模型报得准。", "盘古气象大模型", "pangu", None),
        ("「星辰」大模型更新。", "「星辰」大模型", "xingchen", None),
        ("GPT-4.1发布。", "GPT-4.1", "gpt", "4.1"),
        ("机房里有昇腾910B芯片。", "昇腾910B芯片", "ascend", "910B"),
        ("豆包30次调用。", "豆包", "doubao", None),
        ("Kimi 2025年很火。", "Kimi", "kimi", None),
    ],
)
def test_a_known_product_is_one_mention_with_its_version(
    text: str, name: str, entity: str, version: str | None
) -> None:
    (system,) = systems_in(text)
    assert (system.name, system.entity, system.version) == (name, entity, version)


@pytest.mark.parametrize("text", ["盘古开天辟地。", "星辰大海。", "GPT是什么？", "“天工”开物。"])
def test_a_plain_word_is_no_product(text: str) -> None:
    assert systems_in(text) == ()


def test_a_name_that_something_else_bears_is_not_the_product() -> None:
    (system,) = systems_in("“天工”机器人跑完了半程马拉松。")
    assert (system.kind, system.entity) == ("robot", None)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("科大讯飞自主研发的“启明”语音大模型上线。", "科大讯飞"),
        ("“启明”语音大模型由科大讯飞自主研发。", "科大讯飞"),
        ("科大讯飞昨天参观了“启明”语音大模型。", None),
    ],
)
def test_a_system_has_an_owner_where_the_text_says_whose_it_is(text: str, owner: str | None) -> None:
    (system,) = systems_in(text)
    assert system.owner == owner


def test_a_model_of_economics_is_no_system() -> None:
    assert systems_in("论文用“钟摆”模型解释价格。" + "价格又涨了。" * 20) == ()


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("公司公布推理模型Qilin-3。", "Qilin-3", "model"),
        ("他们提出病理大模型LucidaX。", "LucidaX", "model"),
        ("机器人操作系统YunOS被多家工厂采用。", "YunOS", "platform"),
        ("同时公布的还有多模态大模型青岚2.5。", "青岚2.5", "model"),
        ("发布水利行业大模型“云岭之眼”，", "“云岭之眼”", "model"),
        ("水利大模型“海川”2.0版上线。", "“海川”2.0版", "model"),
        ("智能体“小岚”已经写好初稿。", "“小岚”", "agent"),
        ("病区里的数字人“阿宁”会说方言。", "“阿宁”", "agent"),
        ("雪场部署了智能体“雪小禾”。", "“雪小禾”", "agent"),
        ("一个名为“青岚”的数字员工。", "“青岚”", "agent"),
        ("“青岚”数字员工上岗。", "“青岚”数字员工", "agent"),
        ("展厅里有导览机器人，新一代智算芯片“青鸾”也在。", "“青鸾”", "chip"),
        ("农业大模型“云禾”很受欢迎。", "“云禾”", "model"),
        ("大模型“岚羽”由该院研发。", "“岚羽”", "model"),
        ("新一版世界模型QLN本月推送。", "QLN", "model"),
        ("“晨昏”自主实验室每天合成样品。", "“晨昏”自主实验室", "system"),
        ("我们的“青岚-M2”把两种算法结合起来。", "“青岚-M2”", "model"),
        ("集团人工智能应用平台“云桥”应用商店上线。", "“云桥”", "platform"),
        ("数字人主播“禾禾”走红。", "“禾禾”", "agent"),
        ("端侧模型超过Qwen2.5-VL-32B。", "Qwen2.5-VL-32B", "model"),
    ],
)
def test_a_name_is_told_by_the_word_beside_it(text: str, name: str, kind: str) -> None:
    (system,) = systems_in(text, "人工智能大模型发展很快。")
    assert (system.name, system.kind) == (name, kind)


def test_a_version_that_is_one_word_with_the_name_goes_on_behind_it() -> None:
    (system,) = systems_in("团队蒸馏了Qwen2.5-72B。")
    assert (system.entity, system.version) == ("qwen", "2.5-72B")


@pytest.mark.parametrize(
    "text",
    [
        "让大模型“下井”。",
        "大模型“内卷”加剧，机器人“跳舞”出圈。",
        "智能体“小而美”受欢迎，平台“小微”贷款。",
        "发布大模型“安全指南”，打造机器人“朋友圈”，研发机器人“小脑”。",
        "大模型API降价，大模型Agent走红。",
        "模型得分提升2.5倍，模型升级2.0。",
        "岚州某公司（以下简称“云岭智联云”）成立。",
        "建设智能船舶中试平台。",
        "“大模型+机器人”成为热点，“AI+政务”大模型很多。",
        "“1”是一个水利大模型，“昼夜”叫作机器人。",
        "安装“道闸”系统，所谓“云图”系统，“1024”借贷平台。",
        "“国产”芯片、“聊天”机器人、“通用”大模型很多。",
        "三个省级工业互联网平台。",
        "印发《关于加快构建全国一体化算力网的实施意见》。",
        "养老机器人“进家门”已上线，AI医生“坐诊”。",
        "视觉语言模型VLM和操作系统API。",
        "首款大模型“问世”，行业大模型“遍地开花”。",
    ],
)
def test_words_in_quotation_marks_are_no_names_by_themselves(text: str) -> None:
    assert systems_in(text, "人工智能大模型发展很快。") == ()


def test_a_list_of_hundreds_of_names_keeps_each_once() -> None:
    first, second = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", "春夏秋冬东南西北梅兰竹菊松柏桃李杏梨枫桐槐"
    names = [f"“{one}{two}”大模型" for one in first for two in second]
    found = systems_in("、".join([*names, *names]) + "同台。")
    assert [system.name for system in found] == names


def test_a_system_has_its_parameters_and_what_it_is_built_on() -> None:
    (own, base) = systems_in("“青松”语音大模型基于DeepSeek-R1训练，人工智能应用很多。")
    assert (own.name, own.base, base.base) == ("“青松”语音大模型", "DeepSeek-R1", None)
    (sized,) = systems_in("该院发布“青松”语音大模型，参数规模达700亿，人工智能应用很多。")
    assert sized.parameters == 70_000_000_000


def test_a_plain_name_is_a_system_where_it_is_put_to_use() -> None:
    assert [one.name for one in systems_in("全市政务平台接入DeepSeek，人工智能应用很多。")] == ["DeepSeek"]
    assert systems_in("人工智能企业DeepSeek公司在招聘。") == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("全市学校试用“青墨”批改助手。", "“青墨”批改助手"),
        ("申领平台“川云通”4月1日上线。", "“川云通”"),
        ("公共数据授权运营平台上架数据产品86款。", "公共数据授权运营平台"),
        ("承担单位可优先使用国家公共数据登记平台登记。", "国家公共数据登记平台"),
        ("表面缺陷检测模型替代了人工目检，能耗下降。", "表面缺陷检测模型"),
        ("市应急局建成城市安全风险监测预警系统。", "城市安全风险监测预警系统"),
        ("青禾股份发布“云瞳”视觉检测设备。", "“云瞳”视觉检测设备"),
        ("一同亮相的还有开源推理框架“YunFlow 1.0”。", "“YunFlow 1.0”"),
        ("募集资金用于“云算调度平台研发项目”。", "“云算调度平台研发项目”"),
    ],
)
def test_devices_services_and_platforms_by_their_form(text: str, name: str) -> None:
    assert [one.name for one in systems_in(text, "人工智能大模型发展很快。")] == [name]


def test_a_list_with_a_number_names_each() -> None:
    found = systems_in("备案的“闽云医”“茶言者”等6款服务上新，人工智能应用很多。")
    assert [one.name for one in found] == ["“闽云医”", "“茶言者”"]


def test_the_version_behind_a_name_and_the_fullest_mention() -> None:
    (one,) = systems_in("“青脑”大模型进展如何，人工智能应用很多。", "“青脑”工业控制大模型2.0版已经上线。")
    assert (one.name, one.version) == ("“青脑”工业控制大模型2.0版", "2.0")


@pytest.mark.parametrize(
    "text", ["培育“链主”平台。", "“刷单”平台被查处。", "支持建设人工智能公共服务平台。", "推出“机器换人”设备改造。"]
)
def test_sayings_and_what_is_only_supported_are_no_systems(text: str) -> None:
    assert systems_in(text, "人工智能大模型发展很快。") == ()
