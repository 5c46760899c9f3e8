"""Conversations that are still running when one opens the demo, from old ones that wait to the mail of this morning."""

from __future__ import annotations

from haoke.demo.story.moments import ago, ahead, on, worked
from haoke.demo.story.steps import (
    Assigns,
    Begins,
    Calls,
    Closes,
    FillsIn,
    Follows,
    Merges,
    Notes,
    Replies,
    Snoozes,
    Sorts,
    Story,
    Tags,
    Writes,
)

RUNNING = [
    Story(
        mail="front.office@lvyin-hotel.example",
        writer="冯经理（绿荫酒店）",
        subject="24 台咖啡机维保合同续签",
        steps=[
            Writes(
                when=on(14, "11:20"),
                text="刘经理好，我们 24 台 CM-6 的维保年底到期，想续两年。去年响应偏慢，希望把到场时间写进合同。\n\n绿荫酒店 冯",
            ),
            Assigns(when=on(14, "11:32"), by="zhao", to="liu", team="key"),
            Sorts(when=on(14, "13:40"), by="liu", category="order"),
            Tags(when=on(14, "13:41"), by="liu", tags=("续约",)),
            Calls(
                when=on(14, "14:05"),
                by="liu",
                minutes=22,
                text="冯经理要求：周末 4 小时到场，备用机 2 台常驻酒店。价格可以接受上浮 5%。",
            ),
            Notes(when=on(12, "10:12"), by="liu", minutes=15, text="和赵敏商量：4 小时可以承诺，备用机要走审批。"),
            Follows(when=on(12, "10:20"), by="zhao"),
            Replies(
                when=on(9, "16:30"),
                by="liu",
                minutes=30,
                text="冯经理，您好：\n\n方案如下：周一至周日 4 小时到场，备用机 2 台常驻，两年合计上浮 4%。"
                "合同草案下周给到。请您先看到场时间的写法是否合适。\n\n刘洋",
            ),
        ],
    ),
    Story(
        mail="wang.wei@home.example",
        writer="王伟",
        subject="换了滤芯还是有异味",
        steps=[
            Writes(when=on(10, "12:05"), text="上个月换的滤芯，水里有塑料味，冲了十几升还有。"),
            Sorts(when=on(10, "13:02"), by="wang", category="repair"),
            Replies(
                when=on(10, "13:10"),
                by="wang",
                minutes=7,
                text="王先生，您好！新滤芯请连续放水 20 分钟，再静置一晚，异味一般就会消失。明后天我再来问您。\n\n王丽",
            ),
            Closes(when=on(8, "17:00"), by="wang", reason="客户未再反馈"),
            Writes(when=on(2, "08:20"), text="过了一个多星期，味道还在！放水、静置都做了。我要求换货。"),
            Sorts(when=on(2, "08:48"), by="wang", category="return", urgency="urgent"),
            Tags(when=on(2, "08:49"), by="wang", tags=("A3滤芯", "换货")),
            Notes(
                when=on(2, "09:15"),
                by="wang",
                minutes=6,
                text="@孙悦 同批次 A3 滤芯这周已有两起异味，请帮忙查一下这批的出厂记录。",
            ),
        ],
    ),
    Story(
        mail="wang.wei@home.example",
        writer="王伟",
        subject="要求换货，怎么没人回？",
        steps=[
            Writes(
                when=on(2, "13:34"),
                text="早上写的信没有人回。还是那支 A3 滤芯，我要换货，请给个准话。\n\n王伟",
            ),
            Merges(when=on(2, "13:52"), by="wang", into="换了滤芯还是有异味"),
        ],
    ),
    Story(
        mail="facilities@bluefin.example",
        writer="Aisha Tan (Bluefin)",
        subject="Your yearly service: which week suits you?",
        steps=[
            Begins(
                when=on(6, "10:20"),
                by="daniel",
                minutes=10,
                text="Dear Ms Tan,\n\nthe eleven machines in your two warehouses are due for their yearly service. "
                "Our technicians are in Singapore in the weeks of the 7th and the 14th. Which one disturbs you less?\n\nDaniel Weber",
            ),
            Writes(
                when=on(5, "15:55"),
                text="Hi Daniel,\n\nthe 14th please, and start with the north warehouse: stocktaking is on the 10th.\n\nAisha",
            ),
            Sorts(when=on(5, "16:10"), by="daniel", category="visit_request"),
            Replies(
                when=on(5, "16:24"),
                by="daniel",
                minutes=5,
                state="on_hold",
                text="Noted: the 14th, north warehouse first. You will get the technicians' names a week before.\n\nDaniel Weber",
            ),
            Assigns(
                when=worked(minutes=25),
                by="daniel",
                to="liu",
                team="key",
                reason="I am on leave next week. 技师名单请向陈磊要，出发前一周发给 Ms Tan。",
            ),
        ],
    ),
    Story(
        mail="refused@catalogue.example",
        writer="Olga Lindqvist",
        subject="Catalogue, please",
        steps=[
            Writes(
                when=on(3, "13:30"),
                text="Good afternoon, could you send me your catalogue for offices with up to 50 people?\n\nOlga Lindqvist",
            ),
            Sorts(when=on(3, "13:50"), by="emma", category="enquiry"),
            Replies(
                when=on(3, "14:05"),
                by="emma",
                minutes=4,
                text="Dear Ms Lindqvist,\n\ngladly: which of our machines are you looking at, water or coffee?\n\nEmma Clarke",
            ),
        ],
    ),
    Story(
        mail="maria.rossi@studio.example",
        writer="Maria Rossi",
        subject="Returning one CM-2",
        steps=[
            Writes(
                when=on(1, "09:48"),
                text="Hello Emma,\n\nwe ordered two CM-2 for our studio and one is enough. It is unopened. How do I return it?\n\nBest,\nMaria Rossi",
            ),
            Sorts(when=on(1, "10:12"), by="emma", category="return"),
            Replies(
                when=on(1, "10:30"),
                by="emma",
                minutes=6,
                text="Dear Ms Rossi,\n\nno problem at all. Please tell me the serial number on the box and a day for the "
                "pick-up; the refund follows within five working days after it.\n\nEmma Clarke",
            ),
            Snoozes(when=on(1, "10:33"), by="emma", until=ahead(2, "09:00")),
        ],
    ),
    Story(
        mail="nina.holm@atelier.example",
        writer="Nina Holm",
        subject="Charged twice for one filter set",
        steps=[
            Writes(
                when=worked(minutes=560),
                text="Hello,\n\nmy card statement shows the filter set of last week twice, 398 yuan each. "
                "I only received one. Could you send one of the two back to my card?\n\nNina Holm",
            ),
            Sorts(when=worked(minutes=540), by="emma", category="payment"),
            Tags(when=worked(minutes=539), by="emma", tags=("退费",)),
            Notes(
                when=worked(minutes=535),
                by="emma",
                minutes=3,
                text="Two bookings in the shop for one order number. @赵敏 could you look at the accounts, please?",
            ),
        ],
    ),
    Story(
        mail="lin.xiaodong@home.example",
        writer="林晓东",
        subject="HP-80 出水变小了",
        steps=[
            Writes(
                when=worked(minutes=400),
                text="你们好：\n\n装好的 HP-80 这两天出水明显变小，接一杯水要一分多钟，增压泵也没有声音。是不是滤芯的问题？\n\n林晓东",
            ),
            Assigns(when=worked(minutes=388), by="wang", to="wang"),
            Sorts(when=worked(minutes=386), by="wang", category="repair"),
            Tags(when=worked(minutes=385), by="wang", tags=("A3滤芯",)),
        ],
    ),
    Story(
        mail="chen.jing@school.example",
        writer="陈静",
        subject="预约周六保养",
        steps=[
            Writes(
                when=ago(minutes=42),
                text="王丽你好，家里的净水机用了一年了，想约本周六上午做一次保养，可以吗？\n\n陈静",
            ),
        ],
    ),
    Story(
        mail="grace.okafor@coworking.example",
        writer="Grace Okafor",
        subject="Trial of two CM-6 in our co-working space",
        steps=[
            FillsIn(
                when=ago(minutes=23),
                language="en",
                text="We run a co-working space with about 90 members near People's Square and would like to try two CM-6 "
                "for a month before we decide. Do you offer trials, and who refills the beans?",
            ),
        ],
    ),
    Story(
        mail="zhang.min@newcomer.example",
        writer="张敏",
        subject="想了解南京地区的代理政策",
        steps=[
            Writes(
                when=ago(minutes=9),
                text="您好！\n\n我们在南京做了八年办公设备，想代理贵公司的直饮机。请问首批进货和区域保护是怎么规定的？方便的话请电话联系：13800000199。\n\n张敏",
            ),
        ],
    ),
]
