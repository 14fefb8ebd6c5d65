// Sends every request back as it came: what a round trip to a worker costs without any work.
self.addEventListener('message', ({ data }) => self.postMessage({ type: 'reply', reply: data.request }));
