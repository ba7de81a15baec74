#!/usr/bin/env bash
# Makes the folders beside this file anew from the packages named below: `fonts/subset.sh [OUTPUT-FOLDER]`.
# The same packages give the same bytes. Needs python3 with venv, and npm; README.md says why each character set was chosen.
set -euo pipefail
out=$(realpath -m "${1:-$(dirname "${BASH_SOURCE[0]}")}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export SOURCE_DATE_EPOCH=0 # the date that fonttools writes into a font

python3 -m venv "$work/py"
"$work/py/bin/pip" -q --disable-pip-version-check install fonttools==4.63.0 fontpkg-eb-garamond==1.3 fontpkg-jost==3.710 \
  fontpkg-fira-sans==4.203
(
  cd "$work"
  echo '{}' >package.json
  npm install --silent --no-audit --no-fund \
    @expo-google-fonts/noto-serif-sc@0.4.3 @expo-google-fonts/noto-serif-kr@0.4.3 \
    @expo-google-fonts/noto-emoji@0.4.7 @expo-google-fonts/atkinson-hyperlegible-next@0.4.1 \
    dejavu-fonts-ttf@2.37.3
)
pypi=$(echo "$work"/py/lib/python3*/site-packages)
npm=$work/node_modules

# Whole families: copied as they are.
whole() { # FOLDER PACKAGE FILE…
  local folder=$out/$1 package=$pypi/$2 file
  shift 2
  mkdir -p "$folder"
  cp "$package/LICENSE" "$folder/OFL.txt"
  for file; do cp "$package/files/$file" "$folder/${file/\[wght\]/-Variable}"; done
}
whole eb-garamond fontpkg_eb_garamond 'EBGaramond[wght].ttf' 'EBGaramond-Italic[wght].ttf'
whole jost fontpkg_jost 'Jost[wght].ttf' 'Jost-Italic[wght].ttf'
mv "$out/eb-garamond/EBGaramond-Italic-Variable.ttf" "$out/eb-garamond/EBGaramond-VariableItalic.ttf"
mv "$out/jost/Jost-Italic-Variable.ttf" "$out/jost/Jost-VariableItalic.ttf"

# Fallbacks: only the characters that a dossier in a European language may name or decorate itself with.
"$work/py/bin/python" - "$work" <<'PYTHON'
import sys

def two_byte(codec):
    """Every character that the codec writes in two bytes, both of them 0xA1 or more."""
    pairs = (bytes([a, b]) for a in range(0xA1, 0xFF) for b in range(0xA1, 0xFF))
    return {c for pair in pairs for c in pair.decode(codec, "ignore") if len(pair.decode(codec, "ignore")) == 1}

def span(*ranges):
    return {chr(c) for low, high in ranges for c in range(low, high + 1)}

def keep(name, characters):
    with open(f"{sys.argv[1]}/{name}.txt", "w", encoding="utf-8") as f:
        f.write("\n".join(f"{ord(c):04X}" for c in sorted(characters)))

# The first level of Big5: the 5,401 characters that traditional writing uses, 賴 and 彥 in names among them.
big5 = (bytes([a, b]) for a in range(0xA4, 0xC7) for b in [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
frequent = {pair.decode("big5", "ignore") for pair in big5 if pair <= b"\xc6\x7e"} - {""}
hanzi = {c for c in two_byte("gb2312") | two_byte("euc_jp") | frequent if len(c) == 1 and "\u4e00" <= c <= "\u9fff"}
# Bopomofo, kana, CJK punctuation, enclosed numbers, full-width and half-width forms.
asian = span((0x3000, 0x303F), (0x3041, 0x3096), (0x3099, 0x30FF), (0x3105, 0x312F), (0x31F0, 0x31FF), (0x3200, 0x33FF), (0x2460, 0x24FF), (0xFE30, 0xFE4F), (0xFF01, 0xFFEF))
keep("sc", hanzi | asian)
keep("kr", {c for c in two_byte("euc_kr") if "\uac00" <= c <= "\ud7a3"} | span((0x1100, 0x1112), (0x1161, 0x1175), (0x11A8, 0x11C2), (0x3131, 0x318E)))
# What EB Garamond lacks of letters, and signs: arrows, mathematics, technical, boxes, shapes, stars, notes, ticks, dingbats.
keep("dejavu", span((0x0180, 0x036F), (0x0370, 0x052F), (0x1D00, 0x1DBF), (0x2000, 0x22FF), (0x2300, 0x23FF), (0x2500, 0x27BF), (0x27C0, 0x27FF), (0x2900, 0x29FF), (0x2B00, 0x2BFF)))
# Text in languages of Europe: Latin with its extensions, Greek, Cyrillic, punctuation, signs of money, arrows, the minus.
keep("european", span((0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x45F), (0x490, 0x493), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x215F), (0x2190, 0x2193), (0x2212, 0x2215), (0x2260, 0x2265), (0xFB01, 0xFB02)))
# The digits are there for keycaps (1️⃣), which lists pasted from an assistant bear.
keep("emoji", span((0x23, 0x23), (0x2A, 0x2A), (0x30, 0x39), (0x200D, 0x200D), (0x203C, 0x3299), (0x1F000, 0x1FAFF), (0xFE0F, 0xFE0F), (0x20E3, 0x20E3)))
PYTHON

subset() { # FOLDER FAMILY-FILE CHARACTERS SOURCE LICENCE-SOURCE LICENCE [OPTION…]
  local folder=$out/$1 file=$2 characters=$3 source=$4 from=$5 licence=$6
  shift 6
  mkdir -p "$folder"
  cp "$from" "$folder/$licence"
  "$work/py/bin/pyftsubset" "$source" --unicodes-file="$work/$characters.txt" --output-file="$folder/$file" \
    --no-hinting --desubroutinize --notdef-outline --name-IDs='*' --layout-features='' --no-layout-closure \
    --drop-tables+=DSIG,FFTM,BASE,VORG,vhea,vmtx,meta "$@"
}
noto=$npm/@expo-google-fonts
subset noto-serif-sc NotoSerifSC-Regular.ttf sc "$noto/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf" "$noto/noto-serif-sc/LICENSE_FONT" OFL.txt
subset noto-serif-kr NotoSerifKR-Regular.ttf kr "$noto/noto-serif-kr/400Regular/NotoSerifKR_400Regular.ttf" "$noto/noto-serif-kr/LICENSE_FONT" OFL.txt
subset dejavu-sans DejaVuSans.ttf dejavu "$npm/dejavu-fonts-ttf/ttf/DejaVuSans.ttf" "$npm/dejavu-fonts-ttf/LICENSE" LICENSE.txt --layout-features=mark,mkmk,ccmp
subset noto-emoji NotoEmoji-Regular.ttf emoji "$noto/noto-emoji/400Regular/NotoEmoji_400Regular.ttf" "$noto/noto-emoji/LICENSE_FONT" OFL.txt --layout-features=ccmp --layout-closure
# Text faces of other layouts: the characters of Europe, and the features that the layouts ask for.
features=--layout-features=kern,mark,mkmk,ccmp,locl,liga,case,lnum,onum,pnum,tnum
for style in Regular Italic SemiBold SemiBoldItalic; do
  subset fira-sans "FiraSans-$style.ttf" european "$pypi/fontpkg_fira_sans/files/FiraSans-$style.ttf" "$pypi/fontpkg_fira_sans/LICENSE" OFL.txt "$features"
done
next=$noto/atkinson-hyperlegible-next
for style in 400Regular:Regular 400Regular_Italic:Italic 700Bold:Bold 700Bold_Italic:BoldItalic; do
  source=$next/${style%:*}/AtkinsonHyperlegibleNext_${style%:*}.ttf
  subset atkinson-hyperlegible-next "AtkinsonHyperlegibleNext-${style#*:}.ttf" european "$source" "$next/LICENSE_FONT" OFL.txt "$features"
done
du -h "$out"/*/*.ttf
