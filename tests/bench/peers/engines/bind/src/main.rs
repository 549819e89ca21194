//! usage: bind MODULE.wasm FOLDER NAME      writes NAME.js and NAME_bg.wasm, as xtask does for what ships

use wasm_bindgen_cli_support::Bindgen;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder, name] = arguments.as_slice() else { panic!("usage: bind MODULE.wasm FOLDER NAME") };
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .out_name(name)
        .typescript(false)
        .remove_producers_section(true)
        .remove_name_section(true);
    bindgen.web(true).and_then(|bindgen| bindgen.generate(folder)).unwrap();
}
