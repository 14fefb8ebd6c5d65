// Evaluated in a calculator's page: milliseconds of each round trip to Python and to an echo, taking turns.
async ({ rounds, payloadUrl }) => {
  const client = globalThis.Vademecum.pythonClient();
  client.start({ tapped: true });
  await new Promise((resolve, reject) =>
    client.onstate(({ name, message }) => (name === 'ready' ? resolve() : name === 'failed' && reject(message))),
  );

  const payload = await (await fetch(payloadUrl)).json();
  const requests = payload.calculators.flatMap(({ id, cases }) =>
    cases.map(({ inputs }) => ({ guideline: payload.guideline.id, calculator: id, inputs })),
  );

  const worker = new Worker('/bench/echo-worker.js', { type: 'module' });
  const echo = (id, fields) =>
    new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data.reply);
      worker.postMessage({ type: 'request', request: { ...fields, id, op: 'calculate' } });
    });
  await echo(0, {});

  const times = { python: [], echo: [] };
  const timed = async (name, ask) => {
    const begun = performance.now();
    const reply = await ask();
    times[name].push(performance.now() - begun);
    return reply;
  };
  for (let number = 0; number < rounds; number += 1) {
    const fields = requests[number % requests.length];
    const reply = await timed('python', () => client.request('calculate', fields));
    if (!reply.ok) throw new Error(reply.error.message);
    await timed('echo', () => echo(number, fields));
  }
  worker.terminate();
  return times;
}
