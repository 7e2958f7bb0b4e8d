"""Words that lead to the branch `media` and its skills."""

from core.reference.skill_aliases.entry import SkillAliasesEntry

MEDIA_ALIASES: tuple[SkillAliasesEntry, ...] = (
    SkillAliasesEntry(
        "media", "", "film, creative, multimedia", "medios, cine", plain="movies, arts, audiovisual, pictures and sound"
    ),
    SkillAliasesEntry(
        "video-editing",
        "Premiere Pro, Final Cut, CapCut",
        "DaVinci Resolve, video editor, captions",
        "edición de video, editar videos, edición de videos, subtítulos",
        plain="edit videos, cut videos, edit clips, subtitles",
    ),
    SkillAliasesEntry(
        "video-production",
        "filming, lighting",
        "videographer, camera, livestream, OBS, drone",
        "producción de video, cámara, grabar videos, hacer videos, filmar",
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
        "photographer, photos, headshots",
        "fotografía, fotos, tomar fotos, fotógrafa, fotógrafo",
        plain="take photos, take pictures, photo shoots, edit photos, photograph events",
    ),
    SkillAliasesEntry(
        "audio-production",
        "Audacity, Pro Tools",
        "podcasts, radio, sound, voice-over",
        "audio, locución, sonido, grabar audio, música",
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
