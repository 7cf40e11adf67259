import {
  mailState,
  messageIdOf,
  refusalWords,
  refusedForGood,
  statusWords,
} from '../../src/platform/mail/mail-status.rules.js';

test.each([
  ['5.1.1', 'adresse inconnue'],
  ['5.1.10', 'adresse inconnue'],
  ['5.2.2', 'boîte pleine'],
  ['4.4.7', 'délai de remise dépassé'],
  ['5.7.26', 'message refusé pour raison de sécurité'],
  ['5.0.0', 'courriel refusé'],
])('the status %s is said « %s »', (status, words) => {
  expect(statusWords(status)).toBe(words);
});

test.each([
  [
    { code: 'EENVELOPE', responseCode: 550, response: '550 5.1.1 <a@b.fr> unknown' },
    true,
    'adresse inconnue (550 5.1.1)',
  ],
  [
    { code: 'EENVELOPE', responseCode: 550, response: '550 a@b.fr 5.1.1' },
    true,
    'adresse ou message refusé (550)',
  ],
  [
    { code: 'EMESSAGE', responseCode: 554, response: '554-5.6.0 no\n554 5.6.0 no' },
    true,
    'contenu refusé (554 5.6.0)',
  ],
  [{ code: 'EENVELOPE' }, true, 'adresse mal formée (EENVELOPE)'],
  [{ code: 'EMESSAGE' }, true, 'message trop volumineux (EMESSAGE)'],
  [
    { code: 'EMESSAGE', responseCode: 452, response: '452 later' },
    false,
    'serveur momentanément plein (452)',
  ],
  [
    { code: 'EENVELOPE', responseCode: 499, response: '499 later' },
    false,
    'refus momentané du serveur (499)',
  ],
  // A wrong password or a server that does not welcome anybody says nothing of this mail.
  [
    { code: 'EAUTH', responseCode: 535, response: '535 5.7.8 no' },
    false,
    'nom ou mot de passe refusé par le serveur d’envoi (535)',
  ],
  [{ code: 'EPROTOCOL', responseCode: 554, response: '554 no service' }, false, 'courriel refusé (554)'],
  [{ code: 'ESOCKET' }, false, 'serveur d’envoi injoignable (ESOCKET)'],
  [{}, false, 'serveur d’envoi injoignable (sans code)'],
])('%j: for good %s, « %s »', (answer, lasting, words) => {
  expect([refusedForGood(answer), refusalWords(answer)]).toEqual([lasting, words]);
});

test('the later fact is the state', () => {
  const none = { keptAt: null, sentAt: null, failedAt: null, bouncedAt: null, erasedAt: null };
  const at = new Date(0);
  expect(
    [
      none,
      { ...none, keptAt: at },
      { ...none, sentAt: at, erasedAt: at },
      { ...none, failedAt: at },
      { ...none, sentAt: at, bouncedAt: at },
      { ...none, erasedAt: at },
    ].map(mailState),
  ).toEqual(['waiting', 'kept', 'sent', 'failed', 'bounced', 'erased']);
});

test('a Message-ID has the host of the public address, whatever its port', () => {
  expect(messageIdOf('id', 'https://halle.example:8443/achats')).toBe('<id@halle.example>');
  expect(messageIdOf('id', 'http://[::1]:3000')).toBe('<id@[::1]>');
});
