/* Everything a page does by itself. Each behaviour is declared in HTML and stands in a file of its own. */
import "./elements/chart_figure.js";
import "./elements/command_palette.js";
import "./elements/copy_button.js";
import "./elements/day_input.js";
import "./elements/edit_panel.js";
import "./elements/enter_sends.js";
import "./elements/find_select.js";
import "./elements/key_commands.js";
import "./elements/key_sheet.js";
import "./elements/live_events.js";
import "./elements/live_widgets.js";
import "./elements/loading_bar.js";
import "./elements/menu_inert.js";
import "./elements/month_keys.js";
import "./elements/once_form.js";
import "./elements/page_dialog.js";
import "./elements/pick_list.js";
import "./elements/quick_add.js";
import "./elements/row_menu.js";
import "./elements/row_order.js";
import "./elements/tag_picks.js";
import "./elements/time_zone.js";
import "./elements/toast_stack.js";
import "./elements/typed_stays.js";
import "./elements/whole_page.js";

/* What stands on few pages is fetched where it is first seen, with the page or with what is swapped into it; a list that answers
   to keys from the first brings its own. */
const rare = {
  "file-drop": () => import("./elements/file_drop.js"),
  "inactivity-guard": () => import("./elements/inactivity_guard.js"),
  "paper-drop": () => import("./elements/paper_drop.js"),
  "passkey-form": () => import("./elements/passkey_form.js"),
  "password-reveal": () => import("./elements/password_reveal.js"),
  "print-button": () => import("./elements/print_button.js"),
  "theme-preview": () => import("./elements/theme_preview.js"),
};
function meet() {
  for (const name of Object.keys(rare).filter((each) => document.querySelector(each))) {
    rare[name]();
    delete rare[name];
  }
}
new MutationObserver(meet).observe(document.body, { childList: true, subtree: true });
meet();

const worker = document.querySelector('meta[name="service-worker"]')?.content;
if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker, { scope: "/" }).catch(() => {});
