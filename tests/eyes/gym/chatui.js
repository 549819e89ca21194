// @ts-nocheck
/** ChatUI's composer, which many Chinese chat desks have: Enter sends. */
import React from "react";
import { createRoot } from "react-dom/client";
import { Chat } from "@chatui/core/es/components/Chat";
import style from "@chatui/core/dist/index.css";

export async function chatui(host, start) {
  document.head.appendChild(document.createElement("style")).textContent = style;
  host.style.height = "400px";
  createRoot(host).render(React.createElement(Chat, { messages: [], renderMessageContent: () => null, onSend: () => { sends++; }, text: start, placeholder: "请输入", wideBreakpoint: "600px" }));
  await new Promise((resolve) => setTimeout(resolve, 200));
  return () => host.querySelector("textarea").value;
}
