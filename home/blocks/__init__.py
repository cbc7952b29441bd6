"""Blocks that more than one page type uses. Their names are data: never rename one."""

from .body import BodyBlocks, SourceBlock
from .care import CareCardBlock, ContactBlock, PhoneBlock
from .lists import DoDontBlock, KeyPointsBlock, StepsBlock
from .notice import NoticeBlock
from .pages import ChosenPageBlock
from .picture import PictureBlock

__all__ = [
    "BodyBlocks",
    "CareCardBlock",
    "ChosenPageBlock",
    "ContactBlock",
    "DoDontBlock",
    "KeyPointsBlock",
    "NoticeBlock",
    "PhoneBlock",
    "PictureBlock",
    "SourceBlock",
    "StepsBlock",
]
