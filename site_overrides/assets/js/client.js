// The page's side of Python: one worker for all calculators of a page.
//
// A classic script, after messages.js and elements.js. It defines, on `window.Vademecum`:
//   PythonClient     the class, for a configuration of one's own
//   pythonClient()   the page's one client, made from the configuration in the page

(() => {
  'use strict';

  const { PROTOCOL, CONFIG_ID, START_LIMIT, ANSWER_LIMIT } = globalThis.Vademecum.messages;
  const { fill } = globalThis.Vademecum;

  /**
   * Whether the reader should be asked before some megabytes are downloaded.
   * Not by `effectiveType` 3g: a host far away makes a fast line look so, by its delay alone.
   */
  function isCostly(connection = navigator.connection) {
    if (!connection) return false;
    return connection.saveData || /^(slow-)?2g$/.test(connection.effectiveType) || connection.downlink < 0.7;
  }

  class PythonClient {
    /** @type {Config} with absolute URLs */
    #config;
    /** @type {Worker | null} */
    #worker = null;
    /** @type {Promise<object> | null} while carried files are unpacked and there is no worker yet */
    #unpacking = null;
    /** @type {State} */
    #state = { name: 'idle' };
    #listeners = new Set();
    /** @type {Map<number, {message: object, form: unknown, resolve: (answer: Answer) => void}>} in order of asking */
    #pending = new Map();
    #lastId = 0;
    #begun = 0;
    #restarted = false;
    /** Milliseconds of a start without a snapshot; 0 after any other. */
    #cold = 0;
    #watchdog = 0;

    /** @param {Config} config relative URLs in it are resolved against the page */
    constructor(config) {
      this.#config = absolute(config);
    }

    /** Whether its files come with the page, and are not fetched. */
    get carried() {
      return Boolean(this.#config.carried);
    }

    /** @returns {State} */
    get state() {
      return this.#state;
    }

    /**
     * Download and start Python, unless that is under way.
     * On a slow connection, or where the reader saves data, it only gets as far as `waiting`; call it again with
     * `tapped` when the reader has tapped. After `failed` and after cancel() it is a new attempt.
     * @param {{tapped?: boolean}} [options]
     */
    start({ tapped = false } = {}) {
      if (this.#worker || this.#unpacking) return;
      if (typeof WebAssembly !== 'object') return this.#fail('no-wasm', 'no WebAssembly');
      if (isCostly() && !tapped && !this.#config.carried) {
        return this.#become({ name: 'waiting', bytes: this.#config.bytes });
      }
      this.#restarted = false;
      this.#spawn(this.#mayKeep() ? 'quick' : 'cold');
    }

    /** `?python=cold` in the page's address neither uses a snapshot nor makes one; what is carried needs none. */
    #mayKeep() {
      return !this.#config.carried && new URLSearchParams(location.search).get('python') !== 'cold';
    }

    /** End the worker, whatever it is doing. Requests without an answer resolve to `{cancelled: true}`. */
    cancel() {
      this.#end();
      this.#settleAll(() => ({ cancelled: true }));
      this.#become({ name: 'idle' });
    }

    /**
     * Be told of every state, the present one at once.
     * @param {(state: State) => void} listener
     * @returns {() => void} call it to hear no more
     */
    onstate(listener) {
      this.#listeners.add(listener);
      listener(this.#state);
      return () => this.#listeners.delete(listener);
    }

    /**
     * Ask Python. Before it is ready, requests wait in order; asking does not start it.
     * @param {string} op an operation of calculators/bridge.py
     * @param {object} [fields] what the operation takes
     * @param {{form?: unknown}} [options] who asks: a newer request of the same form replaces an older one without
     *   an answer, which resolves to `{superseded: true}`, so an old answer never follows a new input
     * @returns {Promise<Answer>} never rejects
     */
    request(op, fields = {}, { form } = {}) {
      return new Promise((resolve) => {
        if (this.#state.name === 'failed') {
          resolve(unavailable(null, this.#state.message));
          return;
        }
        if (form !== undefined) this.#supersede(form);
        const id = (this.#lastId += 1);
        const message = { type: 'request', request: { ...fields, id, op } };
        this.#pending.set(id, { message, form, resolve });
        if (this.#state.name === 'ready') this.#send(message);
      });
    }

    #supersede(form) {
      for (const [id, waiting] of this.#pending) {
        if (waiting.form !== form) continue;
        this.#pending.delete(id);
        waiting.resolve({ superseded: true });
      }
    }

    /** @param {Road} road */
    #spawn(road) {
      this.#begun = performance.now();
      const { worker, carried } = this.#config;
      if (!carried) return this.#run(road, worker);
      this.#downloading();
      const unpacking = globalThis.Vademecum.unpackCarried(carried);
      this.#unpacking = unpacking;
      unpacking.then(
        ({ script, files }) => this.#unpacking === unpacking && this.#run(road, script, files),
        (error) => this.#unpacking === unpacking && this.#fail(error.code ?? 'damaged', error),
      );
    }

    #run(road, url, carried) {
      const { manifest, payloads, bytes, startLimit = START_LIMIT } = this.#config;
      let worker;
      try {
        worker = new Worker(url, { type: 'module', name: 'vademecum-python' });
      } catch (error) {
        // A content policy or a very old browser; nothing else throws here.
        return this.#fail('old-browser', error);
      }
      this.#worker = worker;
      worker.addEventListener('message', ({ data }) => this.#worker === worker && this.#hear(data));
      worker.addEventListener('messageerror', () => this.#worker === worker && this.#died('unreadable message'));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        if (this.#worker === worker) this.#died(event.message ?? 'the worker could not be loaded');
      });
      this.#downloading(0, bytes);
      worker.postMessage({ type: 'start', protocol: PROTOCOL, manifest, payloads, startLimit, road, carried });
    }

    #hear(data) {
      switch (data.type) {
        case 'progress':
          return this.#downloading(data.received, data.total);
        case 'starting':
          return this.#become({ name: 'starting' });
        case 'ready': {
          const seconds = (performance.now() - this.#begun) / 1000;
          const { python, engine, road, phases, files } = data;
          console.info('vademecum: python ready', { python, engine, road, seconds, phases });
          this.#cold = road === 'cold' ? phases.python + phases.engine : 0;
          // Those who waited first: a listener may ask more as soon as it hears of `ready`.
          for (const { message } of this.#pending.values()) this.#send(message);
          return this.#become({ name: 'ready', python, engine, road, seconds, files, payloads: this.#config.payloads });
        }
        case 'again':
          console.warn('vademecum: snapshot refused, python is started without', data.detail);
          this.#end();
          return this.#spawn('again');
        case 'reply':
          return this.#settle(JSON.parse(data.reply));
        case 'failed':
          return data.code === 'worker' ? this.#died(data.detail) : this.#fail(data.code, data.detail);
      }
    }

    #send(message) {
      this.#worker.postMessage(message);
      this.#watch();
    }

    /** A worker that a phone has ended says nothing: too long a silence counts as its end. */
    #watch() {
      clearTimeout(this.#watchdog);
      const { answerLimit = ANSWER_LIMIT } = this.#config;
      this.#watchdog = this.#pending.size ? setTimeout(() => this.#died('no answer'), answerLimit) : 0;
    }

    #settle(reply) {
      const waiting = this.#pending.get(reply.id);
      // No one waits for the answer to a request that has been superseded.
      this.#pending.delete(reply.id);
      this.#watch();
      waiting?.resolve(reply);
      if (this.#cold && this.#mayKeep() && !isCostly()) globalThis.Vademecum.keepSnapshot?.(this.#config, this.#cold);
    }

    #settleAll(answer) {
      const all = [...this.#pending];
      this.#pending.clear();
      for (const [id, { resolve }] of all) resolve(answer(id));
    }

    /** Start again once; requests without an answer are asked again, as each only reads. */
    #died(detail) {
      this.#end();
      if (this.#restarted) return this.#fail('worker', detail);
      console.warn('vademecum: python stopped and is started again', detail);
      this.#restarted = true;
      // The snapshot may be what it died of.
      this.#spawn(this.#mayKeep() ? 'again' : 'cold');
    }

    #fail(code, detail) {
      console.error('vademecum: python failed', code, detail);
      this.#end();
      const limit = (this.#config.startLimit ?? START_LIMIT) / 1000;
      const { failures } = this.#config;
      const message = fill(failures[code] ?? failures.start, { seconds: limit });
      this.#become({ name: 'failed', code, message });
      this.#settleAll((id) => unavailable(id, message));
    }

    #end() {
      clearTimeout(this.#watchdog);
      this.#worker?.terminate();
      this.#worker = null;
      this.#unpacking = null;
    }

    /** What is carried is on the device: unpacking it belongs to the start. */
    #downloading(received, total) {
      this.#become(this.#config.carried ? { name: 'starting' } : { name: 'downloading', received, total });
    }

    #become(state) {
      this.#state = Object.freeze(state);
      for (const listener of [...this.#listeners]) listener(state);
    }
  }

  /** The reply when there is no Python, in the shape of every other reply. */
  function unavailable(id, message) {
    return { id, ok: false, error: { code: 'unavailable', message } };
  }

  /** @param {Config} config */
  function absolute(config) {
    const resolve = (url) => new URL(url, document.baseURI).href;
    const source = (entry) => ({ ...entry, url: resolve(entry.url) });
    return {
      ...config,
      worker: resolve(config.worker),
      manifest: source(config.manifest),
      payloads: config.payloads.map(source),
    };
  }

  /** @type {{key: string, client: PythonClient} | null} */
  let shared = null;

  /**
   * The page's one client; made anew when the page has been exchanged for one with another configuration.
   * @returns {PythonClient | null} null on a page without Python
   */
  function pythonClient() {
    const text = document.getElementById(CONFIG_ID)?.textContent;
    if (!text) return null;
    const config = absolute(JSON.parse(text));
    const key = JSON.stringify(config);
    if (shared?.key !== key) {
      shared?.client.cancel();
      shared = { key, client: new PythonClient(config) };
    }
    return shared.client;
  }

  Object.assign(globalThis.Vademecum, { PythonClient, pythonClient });
})();
