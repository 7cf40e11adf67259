export async function benchPdf() {}
