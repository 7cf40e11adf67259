/** The part of pdfkit’s font that is read here: its glyphs as outlines, in units of the typeface. */
interface Outlines {
  readonly unitsPerEm: number;
  layout(text: string): {
    readonly glyphs: readonly { readonly path: { toSVG(): string } }[];
    readonly positions: readonly { readonly xAdvance: number }[];
  };
}

const OPACITY = 0.07;
/** Share of the diagonal of the page that the word takes. */
const SPAN = 0.62;
const CAPITAL = 0.7;

/**
 * A word across the page, drawn as outlines: whoever selects, searches or listens to the text does not meet it. The
 * caller sets the font, and marks it as an artifact.
 */
export function drawWatermark(doc: PDFKit.PDFDocument, word: string): void {
  const { font } = (doc as unknown as { _font: { font: Outlines } })._font;
  const { glyphs, positions } = font.layout(word);
  const advance = positions.reduce((total, { xAdvance }) => total + xAdvance, 0);
  const { width, height } = doc.page;
  const scale = (Math.hypot(width, height) * SPAN) / advance;
  doc.save();
  doc.translate(width / 2, height / 2).rotate(-(Math.atan2(height, width) * 180) / Math.PI);
  // Outlines grow upwards, pages downwards.
  doc.scale(scale, -scale).translate(-advance / 2, (-CAPITAL / 2) * font.unitsPerEm);
  doc.fillColor('#000000', OPACITY);
  let x = 0;
  glyphs.forEach(({ path }, i) => {
    doc.save().translate(x, 0).path(path.toSVG()).fill().restore();
    x += positions[i]!.xAdvance;
  });
  doc.restore();
}
