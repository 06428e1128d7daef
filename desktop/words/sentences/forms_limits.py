"""Sentences for what this program cannot do of what a form asks for, and what happens instead."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "limit.point": ("A laptop does not know where it is.", "Leave the place blank, or type it if it may be known."),
    "limit.map": ("Lines and areas cannot be drawn on a map.", "Leave them blank, or type them if they may be known."),
    "limit.map_view": ("Maps are not shown.", "The question is shown without a map."),
    "limit.phone": ("There is no telephone whose number or device could be noted.", "These answers stay blank."),
    "limit.recording": ("Sound and video cannot be recorded here.", "A file that was recorded elsewhere can be added."),
    "limit.barcode": ("Codes are not read by camera.", "A scanner plugged in by USB types them, or type them by hand."),
    "limit.audit": ("Where and when each question was answered is not recorded.", ""),
    "limit.background": ("Nothing is recorded in the background: no sound, no place.", "These answers stay blank."),
    "limit.app": ("Other apps cannot be started.", "The question is answered here, by hand."),
    "limit.contact_picker": ("People cannot be picked from another program's list.", "The question is answered by hand."),
    "limit.search": ("Lists are not looked up by search().", "The choices in the workbook are shown, all of them."),
    "limit.looks": ("Some wishes about the look are not followed.", "The question works as usual."),
}
