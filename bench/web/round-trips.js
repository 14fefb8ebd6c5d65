// Evaluated in a calculator's page: milliseconds of each round trip to Python, to an echo, and to Python without an
// engine (floor-worker.js), taking turns.
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

  /** A function that posts a message to a worker of the bench and resolves to its next message. */
  const connect = (url) => {
    const worker = new Worker(url, { type: 'module' });
    const ask = (message) =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = reject;
        worker.postMessage(message);
      });
    return Object.assign(ask, { end: () => worker.terminate() });
  };
  const echo = connect('/bench/echo-worker.js');
  await echo({ type: 'request', request: {} });
  const floor = connect('/bench/floor-worker.js');
  const replies = [];
  for (const fields of requests) replies.push(JSON.stringify(await client.request('calculate', fields)));
  await floor({ type: 'start', replies });

  const times = { python: [], echo: [], empty: [], json: [] };
  const timed = async (name, ask) => {
    const begun = performance.now();
    const reply = await ask();
    times[name].push(performance.now() - begun);
    return reply;
  };
  const unread = async (kind, number, fields) =>
    JSON.parse((await floor({ type: 'request', request: { ...fields, kind, number } })).reply);
  for (let round = 0; round < rounds; round += 1) {
    const number = round % requests.length;
    const fields = requests[number];
    const reply = await timed('python', () => client.request('calculate', fields));
    if (!reply.ok) throw new Error(reply.error.message);
    await timed('echo', () => echo({ type: 'request', request: { ...fields, id: round, op: 'calculate' } }));
    await timed('empty', () => unread('empty', number, fields));
    await timed('json', () => unread('json', number, fields));
  }
  echo.end();
  floor.end();
  return times;
}
