"""Compiles a Typst project as its readers would, with Typst's own Python binding.

    typst-py ROOT MAIN.typ OUT.pdf FONTDIR [PDF-STANDARD…]

Fonts come from FONTDIR and its subfolders alone (the binding's built-in Libertinus, New Computer Modern and
DejaVu Mono aside, which every Typst has). Warnings go to standard error; exit status 1 where the project does not compile.
"""

import sys

import typst

if len(sys.argv) < 5:
    sys.exit(__doc__)
root, main, out, fonts, *standards = sys.argv[1:]
try:
    _, warnings = typst.compile_with_warnings(
        main, output=out, root=root, font_paths=[fonts], ignore_system_fonts=True, format="pdf", pdf_standards=standards
    )
except typst.TypstError as error:
    sys.exit(f"{main}: {error}" + "".join(f"\n  hint: {hint}" for hint in getattr(error, "hints", [])))
for warning in warnings:
    print(f"warning: {warning.message}", *(f"\n  hint: {hint}" for hint in warning.hints), file=sys.stderr)
