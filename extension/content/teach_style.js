// @ts-check
/** Owns how teaching looks: the bar and the frames around what is pointed at. A style sheet for the closed shadow root, nothing else. */

export const TEACH_STYLE = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; width: auto !important; height: auto !important; margin: 0 !important;
  padding: 0 !important; border: 0 !important; background: transparent !important; overflow: visible !important; z-index: 2147483647 !important;
  max-width: none !important; max-height: none !important; color-scheme: light dark !important; }
:host(:popover-open) { display: block !important; }
:host(:not(:popover-open)) { display: none !important; }
.shield { position: fixed; inset: 0; cursor: crosshair; }
.shield.still { cursor: default; }
.frame { position: fixed; box-sizing: border-box; pointer-events: none; border: 2px solid var(--role); border-radius: 6px; background: color-mix(in srgb, var(--role) 9%, transparent);
  box-shadow: 0 0 0 1px light-dark(#fff, #171412); }
.frame.hover { border-width: 3px; border-style: dashed; }
.frame.unknown { border-style: dotted; }
.frame > b { position: absolute; top: -2px; left: -2px; min-width: 20px; padding: 0 5px; box-sizing: border-box; border-radius: 6px 0 6px 0; background: var(--role); color: #fff;
  font: 600 12px/20px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; text-align: center; white-space: nowrap; }
.frame.outside > b { left: auto; right: 100%; border-radius: 6px 0 0 6px; }
.customer { --role: #B24E16; } .agent, .box { --role: #2B5F92; } .note { --role: #8A6410; } .bot { --role: #4F6B3A; } .unknown { --role: #6B635B; } .hover { --role: #C2571B; }
.bar { position: fixed; left: 50%; top: 16px; transform: translateX(-50%); box-sizing: border-box; width: min(560px, calc(100vw - 24px)); padding: 12px 16px; border: 1px solid light-dark(#E8E0D7, #4A413A);
  border-radius: 10px; background: light-dark(#FFFFFF, #211D1A); color: light-dark(#2B2622, #EFE9E2); box-shadow: 0 1px 2px rgb(43 38 34 / 12%), 0 8px 28px rgb(43 38 34 / 22%);
  font: 400 13px/20px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; cursor: default; }
.bar.low { top: auto; bottom: 16px; }
.bar.right { left: auto; right: 16px; transform: none; width: min(336px, calc(100vw - 24px)); }
.bar.left { left: 16px; transform: none; width: min(336px, calc(100vw - 24px)); }
.bar:focus { outline: none; }
.top { display: flex; justify-content: space-between; gap: 12px; color: light-dark(#6B635B, #A89F95); font-size: 11px; line-height: 16px; }
.ask { margin: 2px 0 0; font-weight: 600; font-size: 14px; }
.keys, .now { margin: 2px 0 0; color: light-dark(#6B635B, #A89F95); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.keys { white-space: normal; }
.now:empty { display: none; }
.problem { margin: 6px 0 0; color: light-dark(#9C3A23, #EF7F63); }
.problem:empty { display: none; }
.counts { display: flex; flex-wrap: wrap; gap: 4px 14px; margin: 6px 0 0; padding: 0; list-style: none; }
.counts:empty { display: none; }
.counts b { display: inline-block; min-width: 18px; margin-right: 6px; padding: 0 4px; box-sizing: border-box; border-radius: 4px; background: var(--role); color: #fff; text-align: center; font-weight: 600; font-size: 12px; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 10px; }
button { min-height: 32px; padding: 4px 12px; border: 1px solid light-dark(#8C8279, #8C8279); border-radius: 6px; background: none; color: inherit; font: inherit; cursor: pointer; }
button:hover { background: light-dark(#F4EEE7, #2C2723); }
button.main { border-color: light-dark(#B24E16, #F08A4B); background: light-dark(#B24E16, #F08A4B); color: light-dark(#fff, #171412); font-weight: 600; }
button.last { margin-left: auto; }
button:focus-visible { outline: 2px solid light-dark(#2B5F92, #8FBDEB); outline-offset: 2px; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) { .frame, .bar, button { border-color: CanvasText; } .frame > b, .counts b { forced-color-adjust: none; } }
@media print { :host(:popover-open) { display: none !important; } }
`;
