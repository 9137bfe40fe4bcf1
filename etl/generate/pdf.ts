// Writes a drawing as a PDF of one page; only this module imports PDFKit.
import PDFDocument from "npm:pdfkit@0.20.2";
import drawSvg from "npm:svg-to-pdfkit@0.1.8";

/** A fixed creation time, so that the same drawing gives the same bytes. */
const NO_TIME = new Date(0);

/** Reads the size in points, as Graphviz writes it. */
function sizeOf(svg: string): [width: number, height: number] {
  const [, width, height] = /<svg width="([\d.]+)pt" height="([\d.]+)pt"/.exec(svg) ?? [];
  return [Number(width), Number(height)];
}

/** Writes a page of the drawing's size with searchable text. */
export async function svgToPdf(svg: string, title: string): Promise<Uint8Array<ArrayBuffer>> {
  const size = sizeOf(svg);
  const document = new PDFDocument({
    size,
    margin: 0,
    // Compressed bytes can differ between versions of the compressor.
    compress: false,
    info: { Title: title, CreationDate: NO_TIME },
  });
  const chunks: Uint8Array[] = [];
  document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    document.on("end", resolve);
    document.on("error", reject);
  });
  drawSvg(document, svg);
  document.end();
  await ended;
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}
