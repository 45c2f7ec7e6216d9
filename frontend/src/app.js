import "htmx.org";
import "./modules/dates.js";
import "./modules/drawer.js";
import "./modules/forms.js";
import "./modules/menus.js";
import "./modules/picker.js";
import "./modules/requests.js";
import "./modules/search.js";
