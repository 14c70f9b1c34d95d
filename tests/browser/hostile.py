"""Pages whose titles, sources, words and names try to be markup, and pages of characters beyond the BMP."""

from __future__ import annotations

from mingjian.read.plain import text_page

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
WIDE_TITLE = "𠮷野家🚀在临江市开设人工智能门店"
WIDE = f"""{WIDE_TITLE}
来源：𠮷林晚报
时间：2026-03-05 09:00
👩‍👩‍👧‍👦𠮷野家🚀集团3月4日在临江市宣布，投资3.5亿元建设智能算力中心，到2027年智能算力规模达到35 EFLOPS。
🀄️𠮷野家董事长林舟表示：“𠮷字不是吉字🙂，人工智能企业已超过1200家。”
"""
HOSTILE = f"""{MARKUP}人工智能大会
来源："><svg onload=alert(3)>日报
时间：2026-03-06 10:00
临江市人民政府3月5日召开人工智能大会{MARKUP}。会议提出，到2027年智能算力规模达到12 EFLOPS，人工智能企业超过300家。
</script><script>alert(4)</script>&lt;b&gt; javascript:alert(5) {{{{7*7}}}} ${{7*7}} '"><iframe src="https://elsewhere.invalid/">
"""
LONG = "长文测试：临江市人工智能产业\n来源：临江日报\n时间：2026-03-07\n" + "".join(
    f"第{number}条，临江市到2027年培育人工智能企业{number}家，智能算力规模达到{number} EFLOPS。\n"
    for number in range(1, 301)
)

HOSTILE_PAGES = (
    text_page("wide/𠮷🚀.txt", WIDE.encode()),
    text_page('hostile/"><script>alert(9)<!--.txt', HOSTILE.encode()),
    text_page("long/long.txt", LONG.encode()),
)
