import { buffer } from "node:stream/consumers";
import PDFDocument from "npm:pdfkit@0.20.2";
import drawSvg from "npm:svg-to-pdfkit@0.1.8";

/** Writes a page of the drawing's size with searchable text. */
export async function svgToPdf(svg: string, title: string): Promise<Uint8Array<ArrayBuffer>> {
  // The size in points, as Graphviz writes it.
  const [, width, height] = /<svg width="([\d.]+)pt" height="([\d.]+)pt"/.exec(svg) ?? [];
  const document = new PDFDocument({
    size: [Number(width), Number(height)],
    margin: 0,
    // Compressed bytes can differ between versions of the compressor, and so can times.
    compress: false,
    info: { Title: title, CreationDate: new Date(0) },
  });
  const bytes = buffer(document);
  drawSvg(document, svg);
  document.end();
  return new Uint8Array(await bytes);
}
