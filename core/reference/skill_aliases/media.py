"""Words that lead to the branch `media` and its skills."""

from core.reference.skill_aliases.entry import SkillAliasesEntry

MEDIA_ALIASES: tuple[SkillAliasesEntry, ...] = (
    SkillAliasesEntry(
        "media", "", "film, creative, multimedia", "medios, cine", plain="movies, arts, audiovisual, pictures and sound"
    ),
    SkillAliasesEntry(
        "video-editing",
        "Premiere Pro, Final Cut, CapCut",
        "DaVinci Resolve, video editor, captions, iMovie, Premiere",
        ("edición de video, editar videos, edición de videos, subtítulos, editora de video, editor de video"),
        plain="edit videos, cut videos, edit clips, subtitles",
    ),
    SkillAliasesEntry(
        "video-production",
        "filming, lighting",
        "videographer, camera, livestream, OBS, drone, camera operator, film maker, director",
        (
            "producción de video, cámara, grabar videos, hacer videos, filmar, camarógrafa, camarógrafo, "
            "videógrafa, videógrafo"
        ),
        plain="make videos, film videos, shoot videos, record videos, film events, filmmaker",
    ),
    SkillAliasesEntry(
        "motion-graphics",
        "After Effects, Lottie",
        "animation, motion design, Blender",
        "animación, gráficos animados",
        plain="animate, animator, animated videos, GIFs",
    ),
    SkillAliasesEntry(
        "photography",
        "Lightroom, portraits",
        "photographer, photos, headshots, photo editor",
        "fotografía, fotos, tomar fotos, fotógrafa, fotógrafo",
        plain="take photos, take pictures, photo shoots, edit photos, photograph events",
    ),
    SkillAliasesEntry(
        "audio-production",
        "Audacity, Pro Tools",
        ("podcasts, radio, sound, voice-over, sound engineer, audio engineer, podcaster, musician, GarageBand"),
        "audio, locución, sonido, grabar audio, música, técnica de sonido, técnico de sonido, músico",
        plain="record sound, edit audio, make podcasts, music, record voices",
    ),
    SkillAliasesEntry(
        "illustration",
        "Procreate, Illustrator",
        "drawing, icons, comics, artist",
        "ilustración, dibujo, dibujar, pintar, ilustradora, ilustrador",
        plain="draw, draw pictures, draw cartoons, cartoons, art, painting",
    ),
)
