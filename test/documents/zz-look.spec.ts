import { writeFileSync } from 'node:fs';
import { agreementText } from '../../src/documents/agreement.document.js';
import { councilResolutionText } from '../../src/documents/council-resolution.document.js';
import { synthesisText } from '../../src/documents/synthesis.document.js';
import { receiptText } from '../../src/reminders/receipt.document.js';
import { Templates } from '../../src/platform/markdown/templates.js';
import { renderText } from '../../src/platform/texts/text-document.js';
import { sampleVersion } from '../support/sample-dossier.js';
test('make', async () => {
  const t = new Templates(null);
  const v = sampleVersion('population');
  const [m, n, ...o] = v.content.members;
  const und = {
    ...v,
    content: {
      ...v.content,
      members: [
        { ...m!, resolutionOn: null, resolutionNumber: null },
        { ...n!, resolutionOn: null, resolutionNumber: null, validLines: 0 },
        ...o,
      ],
    },
  };
  const put = async (name: string, text: any, model: any, finish = text.finish) => {
    for (const f of ['pdf', 'docx'] as const) {
      const r = await renderText(t.get(text.template), model, f, finish);
      writeFileSync(`/tmp/look/${name}.${f}`, r.bytes);
      if (f === 'pdf') console.log(name, r.gaps);
    }
  };
  await put('convention', agreementText, agreementText.model(v, ''));
  await put('synthese', synthesisText, synthesisText.model(v, ''));
  await put('delib', councilResolutionText, councilResolutionText.model(und, m!.key));
  await put('delib2', councilResolutionText, councilResolutionText.model(und, n!.key), 'draft');
  await put('recu', receiptText, receiptText.examples()[0]!);
});
