// A drawing as a PDF of one page: the door to PDFKit.
import PDFDocument from "npm:pdfkit@0.20.2";
import drawSvg from "npm:svg-to-pdfkit@0.1.8";

/** No time of creation, so that the same drawing gives the same bytes. */
const NO_TIME = new Date(0);

/** In points, as Graphviz writes them. */
function sizeOf(svg: string): [width: number, height: number] {
  const [, width, height] = /<svg width="([\d.]+)pt" height="([\d.]+)pt"/.exec(svg) ?? [];
  return [Number(width), Number(height)];
}

/** The page has the drawing's size, and text that can be searched. */
export async function svgToPdf(svg: string, title: string): Promise<Uint8Array<ArrayBuffer>> {
  const size = sizeOf(svg);
  const document = new PDFDocument({
    size,
    margin: 0,
    // Compressed bytes may differ between versions of a compressor.
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
