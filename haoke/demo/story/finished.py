"""Conversations that came to an end, most of them with the customer's verdict."""

from __future__ import annotations

from haoke.demo.rules import Upload
from haoke.demo.story.moments import on
from haoke.demo.story.steps import Assigns, Calls, Closes, Notes, Rates, Replies, Sorts, Story, Writes

_WANTED_ITEMS = "型号,数量,安装楼层\r\nHP-300 直饮机,14,2-8 层\r\nHP-80 小型净水机,6,前台与会议室\r\n".encode(
    "utf-8-sig"
)

FINISHED = [
    Story(
        mail="lin.xiaodong@home.example",
        writer="林晓东",
        subject="三口之家选哪款净水机？",
        steps=[
            Writes(
                when=on(24, "09:12"),
                text="你们好：\n\n家里三口人，老小区水压不太稳定，厨房柜子深 45 厘米。"
                "HP-80 和 HP-120 哪一款合适？滤芯一年大概要花多少钱？\n\n谢谢！\n林晓东",
            ),
            Sorts(when=on(24, "09:31"), by="wang", category="enquiry"),
            Replies(
                when=on(24, "09:40"),
                by="wang",
                minutes=12,
                text="林先生，您好！\n\n水压不稳、柜深 45 厘米，建议选 HP-80："
                "机身深 38 厘米，自带增压泵，0.1 兆帕就能工作。滤芯一年两支，合计 398 元。\n\n需要的话，我可以请师傅免费上门测一次水压。\n\n王丽",
            ),
            Writes(when=on(23, "20:05"), text="测水压太好了，周四下午可以吗？"),
            Replies(
                when=on(22, "08:52"),
                by="wang",
                minutes=6,
                state="solved",
                text="可以的。周四 14:00 到 15:00，陈磊师傅会先给您打电话。\n\n王丽",
            ),
            Closes(when=on(19, "16:20"), by="wang", reason="已上门测水压，客户当场下单"),
            Rates(when=on(18, "12:44"), score=5, comment="回复很快，师傅也很专业，还帮我把旧水管理了一下。"),
        ],
    ),
    Story(
        mail="purchasing@yuanfan.example",
        writer="周倩（远帆机电）",
        subject="办公楼直饮机 20 台报价",
        steps=[
            Writes(
                when=on(21, "10:26"),
                text="您好，\n\n我司办公楼计划更换直饮水设备，清单见附件，共 20 台。"
                "请报含安装和一年维护的价格，本周五前需要提交给管理层。\n\n周倩\n上海远帆机电有限公司 采购部",
                uploads=(Upload("直饮机需求清单.csv", "text/csv", _WANTED_ITEMS),),
            ),
            Assigns(when=on(21, "10:40"), by="zhao", to="liu", team="key"),
            Sorts(when=on(21, "10:58"), by="liu", category="order", urgency="high"),
            Calls(
                when=on(21, "11:05"),
                by="liu",
                minutes=15,
                text="与周倩确认：每层有下水，8 层需要加装增压。希望分两个周末安装，不影响办公。",
            ),
            Notes(
                when=on(20, "15:10"),
                by="liu",
                minutes=20,
                text="毛利按渠道价核过，可以给到 9.2 折；安装由浦东组负责，已和陈磊对过档期。",
            ),
            Replies(
                when=on(19, "10:02"),
                by="liu",
                minutes=25,
                text="周经理，您好：\n\n20 台合计 86,400 元，含安装、首年两次维护和全部滤芯，分两个周末施工。"
                "报价有效期 30 天。如需合同草案，我今天就可以发出。\n\n刘洋",
            ),
            Writes(when=on(18, "16:48"), text="刘经理，价格已通过。请发合同，发票按 13% 专票开。\n\n周倩"),
            Replies(
                when=on(17, "09:15"),
                by="liu",
                minutes=10,
                state="solved",
                text="好的，合同今天上午寄出，首批 10 台下周六进场。\n\n刘洋",
            ),
            Closes(when=on(15, "17:30"), by="liu", reason="合同已签"),
            Rates(when=on(14, "09:20"), score=4, comment="报价清楚，希望下次能更早一天给到。"),
        ],
    ),
    Story(
        mail="james.porter@home.example",
        writer="James Porter",
        subject="Descaling light stays on",
        steps=[
            Writes(
                when=on(20, "18:30"),
                text="Hello,\n\nI ran the full descaling programme on my CM-2 twice, but the orange light "
                "stays on. The coffee tastes fine. Is it safe to keep using it?\n\nKind regards,\nJames Porter",
            ),
            Sorts(when=on(19, "08:45"), by="emma", category="how_to"),
            Replies(
                when=on(19, "08:58"),
                by="emma",
                minutes=9,
                text="Dear Mr Porter,\n\nYes, it is safe. The light only goes out after the rinse: "
                "please hold the steam button for eight seconds with a full tank, and let it run until it stops by itself.\n\n"
                "If it is still on after that, tell me the number on the label under the tank and I will send a technician.\n\nEmma Clarke",
            ),
            Writes(when=on(19, "21:12"), text="That did it, thank you! The manual does not mention the eight seconds."),
            Notes(
                when=on(18, "09:05"),
                by="emma",
                minutes=3,
                text="Manual of the CM-2, page 14, lacks the rinse. Told product documentation.",
            ),
            Closes(when=on(16, "10:00"), by="emma"),
            Rates(when=on(16, "19:31"), score=5, comment="Friendly and exactly right."),
        ],
    ),
    Story(
        mail="finance@mingchuan.example",
        writer="沈会计（明川精密）",
        subject="发票抬头有误，请重开",
        steps=[
            Writes(
                when=on(16, "14:03"),
                text="贵公司 8 日开具的增值税发票，抬头少了“制造”二字，无法入账，请重开。\n\n明川精密 财务 沈",
            ),
            Assigns(when=on(16, "14:20"), by="wang", to="liu", team="key"),
            Sorts(when=on(16, "15:00"), by="liu", category="payment"),
            Replies(
                when=on(15, "11:47"),
                by="liu",
                minutes=8,
                text="沈会计，您好：\n\n很抱歉给您添麻烦。原发票已红冲，新发票明天寄出，快递单号随后发您。\n\n刘洋",
            ),
            Writes(when=on(13, "09:22"), text="还没有收到单号，请尽快。"),
            Replies(
                when=on(13, "10:35"),
                by="liu",
                minutes=6,
                state="solved",
                text="单号 DEMO20261013，今天下午送达。耽误您入账，再次致歉。\n\n刘洋",
            ),
            Closes(when=on(12, "16:00"), by="liu", reason="客户已签收新发票"),
            Rates(when=on(11, "10:08"), score=3, comment="问题解决了，但是要催。"),
        ],
    ),
    Story(
        mail="liu.jianguo@home.example",
        writer="刘建国",
        subject="滤芯多久换一次",
        steps=[
            Writes(
                when=on(13, "07:55"), text="同志你好，我女儿教我写的邮件。机器上的灯一直是绿的，是不是就不用换滤芯？"
            ),
            Sorts(when=on(13, "08:40"), by="wang", category="how_to"),
            Replies(
                when=on(13, "08:50"),
                by="wang",
                minutes=7,
                text="刘老师傅，您好！\n\n绿灯表示滤芯还能用。变成橙色时，再过一个月左右更换就可以。"
                "到时候您打 021-55550100，我们安排师傅上门，换好再走。\n\n王丽",
            ),
            Calls(
                when=on(13, "09:30"),
                by="wang",
                minutes=11,
                direction="in",
                text="刘先生来电确认，已慢慢讲了一遍，并约好下月初上门检查。",
            ),
            Closes(when=on(10, "15:00"), by="wang"),
        ],
    ),
    Story(
        mail="office@northgate.example",
        writer="Helen Shaw (Northgate)",
        subject="Order 4471 still not delivered",
        steps=[
            Writes(
                when=on(11, "16:10"),
                text="Dear Sir or Madam,\n\nour order 4471 (six HP-300) was promised for last Friday. Nothing arrived and nobody "
                "called. When can we expect it? Two of our customers are waiting.\n\nHelen Shaw\nNorthgate Instruments Ltd",
            ),
            Assigns(when=on(11, "16:25"), by="zhao", to="daniel", team="key"),
            Sorts(when=on(11, "16:40"), by="daniel", category="order", urgency="high"),
            Replies(
                when=on(10, "09:10"),
                by="daniel",
                minutes=14,
                text="Dear Ms Shaw,\n\nI am sorry: the shipment is held at customs because a certificate was "
                "missing on our side. It has been handed in this morning. I will write to you tomorrow at noon, with or without news.\n\nDaniel Weber",
            ),
            Replies(
                when=on(9, "12:02"),
                by="daniel",
                minutes=8,
                text="Dear Ms Shaw,\n\nthe goods were released and arrive on Thursday before ten o'clock.\n\nDaniel Weber",
            ),
            Writes(
                when=on(7, "11:15"),
                text="They arrived. Still, a call last Friday would have saved us two angry customers.",
            ),
            Closes(when=on(6, "14:30"), by="daniel", reason="Delivered six days late"),
            Rates(
                when=on(2, "17:20"),
                score=2,
                comment="Nobody told us before we asked. That matters more to us than the delay.",
            ),
        ],
    ),
    Story(
        mail="he.yuwei@home.example",
        writer="何雨薇",
        subject="厨房净水机漏水！",
        steps=[
            Writes(
                when=on(8, "19:40"),
                text="早上发现柜子里全是水，机器底部接口在漏，我先把阀门关了。家里有小宝宝，急需用水，请尽快来人！\n何雨薇",
            ),
            Sorts(when=on(7, "08:32"), by="wang", category="repair", urgency="urgent"),
            Calls(
                when=on(7, "08:38"),
                by="wang",
                minutes=8,
                text="已联系客户，确认阀门已关。最近的师傅要到周四，客户很着急。",
            ),
            Replies(
                when=on(7, "08:55"),
                by="wang",
                minutes=6,
                text="何女士，您好！\n\n实在抱歉让您遇到这样的情况。请先保持阀门关闭。陈磊师傅周四上午到，"
                "我同时给您寄了两箱饮用水，今天下午送到。\n\n王丽",
            ),
            Notes(
                when=on(5, "17:25"),
                by="wang",
                minutes=5,
                text="陈磊：密封圈老化，已更换并试压 30 分钟。柜板有轻微泡水，建议和客户商量补偿。",
            ),
            Closes(when=on(3, "17:05"), by="wang", reason="已更换密封圈"),
            Rates(when=on(1, "17:10"), score=2, comment="修是修好了，可是等了三天，柜子也泡坏了，没有人再问过我。"),
        ],
    ),
]
