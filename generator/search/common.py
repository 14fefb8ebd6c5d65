"""What readers of any guideline type beside the name of a thing, and the words in which guidelines say it.

General words only, none of one guideline: `search.yaml` holds a guideline's own.
"""

ZH = {
    "dose dosage dosing posology 剂量 用量 多少毫克 几毫克 "
    "打多少 用多少 吃多少 怎么打 怎么用 用法": "用法用量 剂量 用药剂量",
    "interval frequency schedule q3w q4w 间隔 频率 多久一次 几周一次 几天一次 多久打一次 隔多久": "用药频率 用药间隔",
    "infusion 滴多久 输多久 滴注 输注 滴速 打多久": "用药时间 静脉注射",
    "route 途径 给药途径": "给药方式",
    "renal kidney 肾 肾脏": "肾 肌酐清除率 肾毒性",
    "hepatic liver 肝脏": "肝",
    "monitoring monitor follow-up 监测 复查 查什么": "监测 监测项目",
    "adverse side-effect toxicity ae 副作用 副反应 毒副反应 毒性": "不良反应 毒性",
    "incidence rate 几率 概率 机率 比例": "发生率",
    "elderly 老人 老年人 老年 高龄 岁数大": "以上者 年龄",
    "indication 适应症 适应证": "适应证 用于",
    "contraindication 禁忌 禁忌症 禁忌证 不能用": "停用",
    "duration 疗程 用多久 打多长时间 用到什么时候": "疗程 用药时间",
    "calculator calculate calc 计算 计算器 怎么算 换算 公式": "计算",
    "first-line 1l 一线": "一线",
    "surgery operation 手术 开刀 动手术": "手术",
    "radiotherapy rt 放疗 照射 烤电": "放射治疗 外照射",
    "chemotherapy chemo 化疗": "化疗",
    "diagnosis 诊断 确诊 怎么查": "诊断",
    "screening 筛查 初筛": "筛查 初筛",
    "survival os 生存 活多久 寿命 预后": "生存期",
    "efficacy response 疗效 效果 有效率": "疗效 缓解率",
    "pain 疼痛 疼 痛 止痛 止疼 镇疼": "疼痛 镇痛 骨痛",
    "level evidence grade 证据级别 推荐级别 推荐等级": "级",
    "safety 安全 安全性": "安全性",
    "reference references 参考文献": "文献",
}
"""Words as typed → words as guidelines print them; both separated by spaces."""

STOP_ZH = (
    "怎么办 怎么样 怎么 如何 什么 哪个 哪些 哪种 哪条 哪 是不是 能不能 可不可以 要不要 会不会 有没有 "
    "用不用 该不该 行不行 好不好 可以 需要 需不需要 应该 能否 是否 吗 呢 吧 啊 了 的 得 地 着 过 是 "
    "有 在 和 与 及 或 就 都 也 还 又 再 才 先 后 时 要 会 能 该 给 让 被 把 对 从 到 为 "
    "请问 患者 病人 病号 一下 多少 几 多久 多长 多长时间 为什么 之后 以后 之前 以前 这个 那个 一个 "
    "没有 还是 打 用 吃 做 上 好 查 看 选 出 来 去 想 说 问"
)
"""Words that decide nothing; separated by spaces."""

OPPOSITES_ZH = (
    "高低 升降 增减 多少 大小 上下 左右 前后 内外 早晚 轻重 急慢 快慢 长短 单多 阴阳 良恶 新旧 有无 正负 男女 老幼 "
    "肝肾 心肺 胃肠 脑骨 钙钾 钙钠 钙镁 钙磷 钾钠 糖钙 溶成 一二 二三 三四 四五 主副 入出 首末 始终"
)
"""Pairs of which one is never a slip for the other: what differs by them is another thing."""


def for_language(language: str) -> dict[str, str]:
    """The general words of a language such as `zh-Hans`; none where none are known."""
    return ZH if language.startswith("zh") else {}


def stop_words(language: str) -> list[str]:
    """The words of a query that decide nothing."""
    return STOP_ZH.split() if language.startswith("zh") else []


def opposites(language: str) -> list[str]:
    """Pairs of characters that are never taken for one another."""
    return OPPOSITES_ZH.split() if language.startswith("zh") else []
