// Opens 404.html where it lies, when a host shows it at an address further down and its relative links lead nowhere.

(() => {
  'use strict';

  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  // This script lies in assets/vademecum/.
  const root = new URL('../../', src);
  const here = new URL('.', location.href);
  if (location.protocol !== 'file:' && here.pathname !== root.pathname) location.replace(new URL('404.html', root));
})();
