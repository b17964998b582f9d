"""What a file says of itself: width, height and length of the media that bots send."""

from __future__ import annotations

import struct

CONTAINERS = {b"moov", b"trak", b"mdia"}


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF or WebP in pixels; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:4] == b"GIF8" and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp_size(content)
    return _jpeg_size(content)


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2 if content.startswith(b"\xff\xd8") else len(content)
    while at + 9 <= len(content) and content[at] == 0xFF:
        if content[at + 1] in (0xC0, 0xC1, 0xC2):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    """By the three forms of WebP: extended, lossless, lossy (RFC 9649)."""
    form, body = content[12:16], content[20:30]
    if len(body) < 10:
        return None
    if form == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if form == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", body[6:10])
    return width & 0x3FFF, height & 0x3FFF


def video_facts(content: bytes) -> dict[str, int]:
    """``width``, ``height`` (pixels) and ``duration`` (whole seconds) of an MP4, as far as it tells them."""
    facts: dict[str, int] = {}
    waiting = [(0, len(content))]
    while waiting:
        at, end = waiting.pop()
        while at + 8 <= end:
            size, name = struct.unpack(">I4s", content[at : at + 8])
            if size < 8:
                break
            inside = content[at + 8 : min(at + size, end)]
            if name in CONTAINERS:
                waiting.append((at + 8, min(at + size, end)))
            elif name == b"mvhd" and len(inside) >= 32:
                facts["duration"] = _seconds(inside)
            elif name == b"tkhd" and len(inside) >= 84:
                width, height = struct.unpack(">II", inside[-8:])
                if width:
                    facts |= {"width": width >> 16, "height": height >> 16}
            at += size
    return facts


def _seconds(header: bytes) -> int:
    scale, length = struct.unpack(
        ">IQ" if header[0] == 1 else ">II", header[20:32] if header[0] else header[12:20]
    )
    return round(length / scale) if scale else 0


BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)  # kbit/s, MPEG-1 layer III
HALF_BITRATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)  # MPEG-2 and 2.5
SAMPLE_RATES = (44_100, 48_000, 32_000)


def audio_seconds(content: bytes) -> int:
    """The whole seconds of an Ogg (Opus, Vorbis) or MP3; 0 for anything else."""
    return _ogg_seconds(content) if content.startswith(b"OggS") else _mp3_seconds(content)


def _ogg_seconds(content: bytes) -> int:
    """By the position that the last page tells (RFC 3533); Opus always counts at 48 kHz (RFC 7845)."""
    last = content.rfind(b"OggS")
    position = int.from_bytes(content[last + 6 : last + 14], "little")
    vorbis = content.find(b"\x01vorbis")
    rate = int.from_bytes(content[vorbis + 12 : vorbis + 16], "little") if 0 <= vorbis < 200 else 48_000
    return round(position / rate) if rate else 0


def _mp3_seconds(content: bytes) -> int:
    """By counting the frames behind the ID3 tag."""
    at, seconds = 0, 0.0
    if content[:3] == b"ID3" and len(content) > 10:
        at = 10 + sum(
            (byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True)
        )
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] & 0xE6 == 0xE2:
        version, rates = content[at + 1] >> 3 & 3, content[at + 2]
        if rates >> 2 & 3 == 3 or version == 1:
            break
        first = version == 3  # MPEG-1
        rate = SAMPLE_RATES[rates >> 2 & 3] // (1 if first else 2 if version == 2 else 4)
        kilobits = (BITRATES if first else HALF_BITRATES)[rates >> 4]
        size = (144 if first else 72) * kilobits * 1000 // rate + (rates >> 1 & 1)
        if size < 4:
            break
        seconds += (1152 if first else 576) / rate
        at += size
    return round(seconds)
