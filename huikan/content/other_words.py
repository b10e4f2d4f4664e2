"""What an editor meant who wrote a word of a set, or a key, in Chinese, in another case or by another name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WORDS = {
    "host": "主办 主办单位 主办方 主办机构",
    "organiser": "承办 承办单位 承办方 承办机构 organizer",
    "co-organiser": "协办 协办单位 协办方 协办机构 co-organizer coorganiser coorganizer",
    "supporter": "支持 支持单位 支持方 支持机构",
    "opening": "开幕 开幕式 开场 致辞 开幕致辞 致辞环节 领导致辞",
    "address": "致辞 致词 开幕致辞 领导致辞",
    "keynote": "主旨演讲 主旨发言 主旨报告 主题演讲 主题发言 主旨",
    "speech": "专题发言 专题演讲 演讲 发言 专题 speaker",
    "discussion": "讨论 圆桌 圆桌讨论 圆桌论坛 圆桌对话 对话 嘉宾对话 高端对话 研讨 互动 互动讨论 roundtable",
    "panel": "专题发言 专题演讲 专题 参与讨论 讨论 圆桌 圆桌讨论 圆桌论坛 对话 嘉宾对话 panellist panelist",
    "report": "报告 报告发布 发布 成果发布 发布报告",
    "moderator": "主持 主持人 host chair",
    "break": "茶歇 休息 午餐 午休 晚餐 间歇 lunch coffee",
    "onsite": "现场 线下 到场 出席 on-site offline",
    "video": "视频 线上 远程 连线 视频连线 视频方式 以视频方式 online remote",
    "zh-Hans": "中文 汉语 简体 简体中文 zh zh-cn zh-hans cn chinese",
    "en": "英文 英语 en-us en-gb english eng",
    "print": "印刷 印刷版 打印 pdf",
    "review": "审阅 审校 审稿 校对 修订 word docx doc",
    "press": "付印 印厂 印前 pdf/x",
    "cover": "封面",
    "imposed": "拼版",
    "archive": "存档 归档 档案 pdf/a",
    "web": "网页 网页版 html",
    "epub": "电子书",
    "saddle-stitch": "骑马钉 骑马订 骑订",
    "perfect": "胶装 无线胶装 胶订 无线胶订",
    "first": "最前 在前 前 前面 第一 首",
    "last": "最后 在后 后 后面 末",
    "short": "简称 缩写",
    "name": "全称 名称 姓名 名字",
    "draft": "草稿 未发 未送 初稿",
    "sent": "已发 已送 已发送 待回复 送审",
    "approved": "已确认 确认 同意 通过 已审 已批 已同意 已通过",
    "approved-with-changes": "修改后确认 修改后同意 修改后通过",
    "true": "是 有 对 yes y on",
    "false": "否 无 不 no n off",
    "zh": "中文 汉语 简体 cn zh-hans zh-cn chinese",
    "title": "标题 题目 名称 职务 头衔 职位 主题",
    "affiliation": "单位 机构 所属单位 工作单位 organisation organization",
    "photo": "照片 头像 相片 图片 picture image",
    "bio": "简介 简历 介绍",
    "note": "备注 注 说明 comment",
    "sort": "排序 拼音 读音",
    "date": "日期 时间",
    "end_date": "结束日期 end-date enddate",
    "venue": "地点 会场 场地 place location",
    "room": "地点 会场 会议室 场地 place",
    "start": "开始 开始时间 时间 time begin",
    "end": "结束 结束时间",
    "hosts": "主持 主持人 moderator moderators",
    "items": "嘉宾 发言人 发言 演讲嘉宾 speakers",
    "person": "人 人物 姓名 嘉宾 发言人 speaker name",
    "role": "角色 身份",
    "mode": "方式 参会方式",
    "topic": "主题 题目 发言题目 演讲题目 标题 title",
    "label": "标签 环节 编号",
    "kind": "类型 种类 类别 type",
    "languages": "语言 language",
    "editions": "版本 edition",
    "organisers": "主办单位 组织单位 organizers",
    "introduction": "导言 前言 简介 介绍",
    "imprint": "版权页",
    "series": "系列",
    "subtitle": "副标题",
    "members": "成员 单位",
    "abstract": "摘要",
    "findings": "要点 结论 发现",
    "figures": "图表 图",
    "caption": "图注 说明",
    "description": "说明 简介 介绍",
    "aliases": "别名",
    "appearance": "发言人 嘉宾 姓名 person id speaker",
    "sessions": "环节 议程",
    "publisher": "出版 出版者 发布单位",
    "presented_by": "发布人",
    "file": "文件 路径 path src url",
    "alt": "替代文字",
}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MEANT: dict[str, list[str]] = {}
for _word, _others in _WORDS.items():
    for _other in _others.split():
        _MEANT.setdefault(_other, []).append(_word)


def meant(written: str, allowed: Iterable[str]) -> str:
    """The one of the allowed words that was meant by another; empty if none is recognised."""
    known = list(allowed)
    plain = re.sub(r"[\s_]+", "-", unicodedata.normalize("NFKC", written).strip().casefold())
    for word in known:
        if word.casefold().replace("_", "-") == plain:
            return word
    return next((word for word in _MEANT.get(plain, ()) if word in known), "")


def id_meant(written: str) -> str:
    """The id that differs from what was written in case, width and blanks alone; empty if there is none."""
    if _ID.fullmatch(written):
        return written
    plain = re.sub("[\u200b-\u200f]", "", unicodedata.normalize("NFKC", written)).strip().casefold()
    id = re.sub(r"[\s_.·‐‒–—―−-]+", "-", plain).strip("-;,、。“”‘’\"'")
    return id if _ID.fullmatch(id) else ""


def ids_meant(written: str) -> list[str]:
    """The ids in one text with other separators than a list has; empty if it is not several."""
    parts = [id_meant(part) for part in re.split("[,，、;；/|•]+| [-－] ", written.strip(" []［］【】"))]
    return parts if len(parts) > 1 and all(parts) else []
