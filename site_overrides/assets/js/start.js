// In the head, before the style sheets: a page with a form needs Python for sure, so it is on its way before the page is
// drawn. It stands in a file of its own, so that loading a class has no effect. What is carried comes with the page's end,
// and waits for the form.
'use strict';

(() => {
  const client = globalThis.Vademecum.pythonClient();
  if (client && !client.carried) client.start();
})();
