export default async function tearDown() {
  await globalThis.releaseTestServer();
}
