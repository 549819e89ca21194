// The plainest ticket of all: a requester, three messages, a reply box. For tests of what is said in it and not of how it is read.

/**
 * @param {object} ticket
 * @param {string} ticket.subject
 * @param {[string, string, string]} ticket.messages of the customer, of the agent, of the customer again
 * @param {string} [ticket.head] HTML
 */
export const ticketPage = ({ subject, messages: [first, answer, last], head = "" }) => `<!doctype html>
<html lang="en"><head><title>${subject}</title>${head}</head><body>
  <h1>${subject}</h1><dl><dt>Requester</dt><dd>Ines Koller &lt;ines.koller@example.org&gt;</dd></dl>
  <section><article><b>Ines Koller</b> <time datetime="2026-11-25T09:00:00Z">09:00</time><p>${first}</p></article>
  <article><b>Anna Agent</b> <time datetime="2026-11-25T09:05:00Z">09:05</time><p>${answer}</p></article>
  <article><b>Ines Koller</b> <time datetime="2026-11-25T12:00:00Z">12:00</time><p>${last}</p></article></section>
  <form><label for="reply">Reply to Ines Koller</label><textarea id="reply" rows="6" cols="60"></textarea><button>Send reply</button></form>
</body></html>`;
