// @ts-check
/** Starts the dashboard; a file of its own because the page's CSP forbids inline scripts. */
import init from './dashboard.js';

// The theme that was chosen, before anything is drawn.
try {
  document.documentElement.dataset.theme = localStorage.getItem('warmseat.theme') ?? 'auto';
} catch {
  // Storage is switched off: as the system says.
}

init({ module_or_path: new URL('dashboard_bg.wasm', import.meta.url) }).catch((error) => {
  console.error(error);
  const waiting = document.getElementById('waiting');
  if (waiting) {
    waiting.textContent =
      'The dashboard could not start. Nothing was lost; reload the page or try another browser. · ' +
      '看板没能启动，数据没有丢失，请刷新页面或换个浏览器。';
  }
});
