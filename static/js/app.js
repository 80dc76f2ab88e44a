/* Everything a page does by itself. Each behaviour is declared in HTML and stands in a file of its own. */
import "./elements/chart_figure.js";
import "./elements/command_palette.js";
import "./elements/copy_button.js";
import "./elements/inactivity_guard.js";
import "./elements/key_commands.js";
import "./elements/key_sheet.js";
import "./elements/live_events.js";
import "./elements/loading_bar.js";
import "./elements/menu_inert.js";
import "./elements/month_keys.js";
import "./elements/once_form.js";
import "./elements/page_dialog.js";
import "./elements/passkey_form.js";
import "./elements/password_reveal.js";
import "./elements/theme_preview.js";
import "./elements/time_zone.js";
import "./elements/toast_stack.js";
import "./elements/whole_page.js";

const worker = document.querySelector('meta[name="service-worker"]')?.content;
if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker, { scope: "/" }).catch(() => {});
