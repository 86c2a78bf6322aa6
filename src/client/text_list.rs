//! Texts in a row.

/// `items` with `separator` between them. `[str]::join` is several times as large, once for each type of item.
pub(super) fn text_list<'a>(items: impl IntoIterator<Item = &'a str>, separator: &str) -> String {
    let mut list = String::new();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            list.push_str(separator);
        }
        list.push_str(item);
    }
    list
}
