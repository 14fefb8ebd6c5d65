// Evaluated in a calculator's page: milliseconds from nothing to a Python that answers, as the site starts it.
() =>
  new Promise((resolve, reject) => {
    const client = globalThis.Vademecum.pythonClient();
    client.start({ tapped: true });
    client.onstate(({ name, seconds, message }) =>
      name === 'ready' ? resolve(seconds * 1000) : name === 'failed' && reject(new Error(message)),
    );
  })
