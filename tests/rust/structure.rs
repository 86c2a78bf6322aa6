//! The order of the modules, read from the paths in the sources: no circle, imports only downwards, outside crates only
//! where they belong.
//!
//! A module is a file. A module depends on another one where a path of it leads there: a `use`, or a path in an
//! expression, a type or a pattern, macros included. `mod x;` is no dependency, and code under `#[cfg(test)]` is left out.
//! A path to something that a module re-exports leads to that module.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Ident, Item, Macro, Token, UseTree};

/// The modules by their paths, such as `client::address`; the crate's root is `crate`.
type Modules = BTreeMap<String, Module>;

#[derive(Debug, Default)]
struct Module {
    /// Paths of other modules.
    uses: BTreeSet<String>,
    /// Names of other crates.
    crates: BTreeSet<String>,
}

/// Crates that only the modules below some paths may name.
const OWNERS: [(&str, &[&str]); 8] = [
    ("gif", &["stages::gif_writer", "stages::decode::gif_frame"]),
    ("image", &["stages::decode"]),
    ("image_webp", &["stages::decode::webp"]),
    ("wasm_bindgen", &["wasm"]),
    ("wasm_bindgen_futures", &["wasm"]),
    ("js_sys", &["wasm"]),
    ("web_sys", &["wasm"]),
    ("console_error_panic_hook", &["wasm"]),
];

/// The parts of the crate, each with the parts that it may depend on besides itself.
const LAYERS: [(&str, &[&str]); 7] = [
    ("model", &[]),
    ("stages", &["model"]),
    ("client", &["model"]),
    ("gif_reader", &["model"]),
    ("pipeline", &["model", "stages"]),
    ("wasm", &["model", "client", "gif_reader", "pipeline"]),
    ("crate", &["model", "stages", "client", "gif_reader", "pipeline", "wasm"]),
];

#[test]
fn the_modules_are_in_order() {
    let modules = read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    let uses: usize = modules.values().map(|module| module.uses.len()).sum();
    assert!(modules.len() > 90 && uses > 300, "{} modules with {uses} imports are not all there are", modules.len());
    let found = violations(&modules);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn each_kind_of_violation_is_found() {
    let sound = [
        ("crate", "pub use pipeline::assemble;"),
        ("model::color", ""),
        ("model::raster", "use super::color::Color;"),
        ("stages::decode", "use crate::model::raster::{self, Raster}; use image::ImageReader;"),
        ("stages::delta", "use crate::model::raster::Raster;"),
        ("pipeline", "use crate::stages::{decode, delta};"),
        ("client", "mod json; pub use json::read;"),
        ("client::json", "#[cfg(test)] mod tests { use crate::pipeline::assemble; }"),
        ("wasm", "use crate::pipeline::assemble; use js_sys::Array;"),
    ];
    let with = |path: &str, more: &str| {
        let sources = sound.map(|(name, text)| (name, format!("{text} {}", if name == path { more } else { "" })));
        violations(&parse(&sources.map(|(name, text)| (name.to_owned(), text))))
    };
    assert_eq!(with("", ""), [""; 0]);
    for (path, more, expected) in [
        ("model::color", "use super::raster::Raster;", "circle: model::color -> model::raster -> model::color"),
        ("client::json", "use super::read;", "circle: client -> client::json -> client"),
        ("stages::decode", "use crate::stages::delta::changes;", "stages::decode imports another stage, stages::delta"),
        (
            "stages::delta",
            "fn f() { crate::stages::decode::f() }",
            "stages::delta imports another stage, stages::decode",
        ),
        ("stages::delta", "fn f() { vec![crate::client::json::f()]; }", "stages::delta may not import client::json"),
        ("model::color", "type A = crate::stages::delta::A;", "model::color may not import stages::delta"),
        ("client::json", "use crate::pipeline;", "client::json may not import pipeline"),
        ("pipeline", "fn f(a: web_sys::Blob) {}", "pipeline may not name web_sys, which belongs to wasm"),
        (
            "stages::delta",
            "use image::{ImageFormat};",
            "stages::delta may not name image, which belongs to stages::decode",
        ),
    ] {
        assert!(with(path, more).contains(&expected.to_owned()), "{more}: {:?}", with(path, more));
    }
}

/// Everything that is out of order, one sentence each.
fn violations(modules: &Modules) -> Vec<String> {
    let mut found = Vec::new();
    for (path, module) in modules {
        for used in &module.uses {
            let (layer, other) = (layer(path), layer(used));
            let lower = LAYERS.iter().find(|(name, _)| *name == layer).map_or(&[][..], |(_, lower)| lower);
            if layer != other && !lower.contains(&other) {
                found.push(format!("{path} may not import {used}"));
            }
            if layer == "stages" && other == "stages" && stage(path) != stage(used) {
                found.push(format!("{path} imports another stage, {used}"));
            }
        }
        for (name, owners) in OWNERS {
            if module.crates.contains(name) && !owners.iter().any(|owner| is_below(path, owner)) {
                found.push(format!("{path} may not name {name}, which belongs to {}", owners.join(" and ")));
            }
        }
    }
    found.extend(circle(modules).map(|circle| format!("circle: {}", circle.join(" -> "))));
    found
}

fn layer(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

fn stage(path: &str) -> Option<&str> {
    path.split("::").nth(1)
}

fn is_below(path: &str, owner: &str) -> bool {
    path == owner || path.strip_prefix(owner).is_some_and(|rest| rest.starts_with("::"))
}

/// A circle of imports, from its alphabetically first module round to that again.
fn circle(modules: &Modules) -> Option<Vec<String>> {
    fn walk<'a>(modules: &'a Modules, path: &'a str, way: &mut Vec<&'a str>, done: &mut BTreeSet<&'a str>) -> bool {
        if let Some(start) = way.iter().position(|&before| before == path) {
            way.drain(..start);
            let first = (0..way.len()).min_by_key(|&at| way[at]).unwrap_or_default();
            way.rotate_left(first);
            way.push(way[0]);
            return true;
        }
        if done.contains(path) {
            return false;
        }
        way.push(path);
        if modules[path].uses.iter().any(|used| walk(modules, used, way, done)) {
            return true;
        }
        way.pop();
        done.insert(path);
        false
    }
    let mut done = BTreeSet::new();
    modules.keys().find_map(|path| {
        let mut way = Vec::new();
        walk(modules, path, &mut way, &mut done).then(|| way.into_iter().map(str::to_owned).collect())
    })
}

fn read(folder: &Path) -> Modules {
    fn collect(folder: &Path, path: &str, sources: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            let inner = if path.is_empty() { name.clone() } else { format!("{path}::{name}") };
            if file.is_dir() {
                collect(&file, &inner, sources);
            } else if file.extension().is_some_and(|ending| ending == "rs") && name != "tests" {
                let module = match name.as_str() {
                    "lib" => "crate".to_owned(),
                    "mod" => path.to_owned(),
                    _ => inner,
                };
                sources.push((module, fs::read_to_string(&file).unwrap()));
            }
        }
    }
    let mut sources = Vec::new();
    collect(folder, "", &mut sources);
    parse(&sources)
}

fn parse(sources: &[(String, String)]) -> Modules {
    let known: BTreeSet<&str> = sources.iter().map(|(path, _)| path.as_str()).collect();
    let module = |(path, text): &(String, String)| {
        let mut reader = Reader { path, known: &known, module: Module::default() };
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        reader.visit_file(&file);
        (path.clone(), reader.module)
    };
    sources.iter().map(module).collect()
}

struct Reader<'a> {
    path: &'a str,
    known: &'a BTreeSet<&'a str>,
    module: Module,
}

impl Reader<'_> {
    /// Notes where a path leads: the longest part of it that is a module, or another crate.
    fn note(&mut self, segments: &[String]) {
        let own: Vec<&str> = if self.path == "crate" { Vec::new() } else { self.path.split("::").collect() };
        let first = segments[0].as_str();
        let mut absolute: Vec<&str> = match first {
            "crate" => Vec::new(),
            "self" => own.clone(),
            "super" => own[..own.len() - 1].to_vec(),
            _ if self.known.contains([&own[..], &[first]].concat().join("::").as_str()) => {
                [&own[..], &[first]].concat()
            }
            _ => {
                self.module.crates.insert(first.to_owned());
                return;
            }
        };
        for segment in &segments[1..] {
            if segment == "super" {
                absolute.pop();
            } else {
                absolute.push(segment);
            }
        }
        while !absolute.is_empty() && !self.known.contains(absolute.join("::").as_str()) {
            absolute.pop();
        }
        let used = if absolute.is_empty() { "crate".to_owned() } else { absolute.join("::") };
        if used != self.path && self.known.contains(used.as_str()) {
            self.module.uses.insert(used);
        }
    }

    fn note_tree(&mut self, tree: &UseTree, before: &[String]) {
        let joined = |ident: &Ident| [before, &[ident.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.note_tree(&path.tree, &joined(&path.ident)),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.note_tree(tree, before)),
            UseTree::Name(name) if name.ident == "self" => self.note(before),
            UseTree::Name(name) => self.note(&joined(&name.ident)),
            UseTree::Rename(rename) => self.note(&joined(&rename.ident)),
            UseTree::Glob(_) => self.note(before),
        }
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<Ident>().is_ok_and(|name| name == "test")
    })
}

impl<'a> Visit<'a> for Reader<'_> {
    fn visit_item(&mut self, item: &'a Item) {
        match item {
            Item::Mod(module) if is_test(&module.attrs) => {}
            Item::Use(item) if is_test(&item.attrs) => {}
            Item::Use(item) => self.note_tree(&item.tree, &[]),
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            self.note(&segments);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'a Macro) {
        if let Ok(arguments) = item.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
            arguments.iter().for_each(|argument| Reader::visit_expr(self, argument));
        }
        visit::visit_macro(self, item);
    }
}
