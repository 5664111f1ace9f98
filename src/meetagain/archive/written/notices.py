"""A message comes in; whether it is only a notice of the phone (a picture left out, a call, a message taken back) goes out."""

import re

#: iPhones begin such a notice with an unseen sign for left-to-right.
_IPHONE = "\u200e"
_LONGEST = 300  # letters; what is longer was written by somebody
_WORDS = r"image|photo|video|video note|audio|sticker|gif|document|contact card|voice message|media|location"
_NOTICE = re.compile(
    rf"""^\W*(?:
    <[^<>\n]{{1,60}}>                                                     # <Media omitted>, <Medien ausgeschlossen>
    |<(?:attached|첨부)[^<>]*>.*
    |(?:{_WORDS})\ omitted
    |(?:사진|동영상|영상|이모티콘|스티커|음성메시지|음성\ 메시지|파일|문서|연락처|지도|라이브톡|GIF)(?:\ (?:\d+\ ?장|생략됨|제외됨|(?:을|를)\ 제외.{{0,12}}))?
    |(?:사진|동영상|파일|지도|연락처|음성메시지)\ ?:.*
    |(?:photos?|videos?|emoticons?|stickers?|voice\ message|file:.*|contact:.*|map:.*)(?:\ \d+)?
    |\S+\.(?:jpe?g|png|heic|gif|mp4|mov|3gp|opus|m4a|mp3|pdf|vcf|webp|docx?)(?:\ \((?:file\ attached|첨부된?\ ?파일|파일\ 첨부됨)\))?.*
    |(?:this\ message\ was\ deleted|you\ deleted\ this\ message|삭제된\ 메시지입니다|이\ 메시지는\ 삭제되었습니다|메시지가\ 삭제되었습니다)
    |(?:missed|no\ answer|cancell?ed|declined)?\ ?(?:group\ |live\ )?(?:voice|video)\ call.*
    |(?:보이스톡|페이스톡|그룹콜|라이브톡).{{0,20}}
    |(?:live\ )?location:?.*|위치:.*
    |waiting\ for\ this\ message.*
    |\S+(?:\ \S+)?\ sent\ (?:an?|\d+)\ (?:attachment|photo|video|sticker|gif|link|voice\ message|location|live\ location|file)s?\b.*
    |reacted\ .{{1,12}}\ to\ your\ message.*|liked\ a\ message|.{{1,40}}\ (?:named\ the\ group|changed\ the\ (?:chat|group)|set\ the\ (?:nickname|emoji)).*
    |null
    )\W*$""",
    re.I | re.X,
)


def is_notice(message: str) -> bool:
    """Whether nobody's own words are in it."""
    bare = message.strip()
    return not bare or bare.startswith(_IPHONE) or (len(bare) <= _LONGEST and bool(_NOTICE.match(bare)))
