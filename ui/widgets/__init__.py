"""The kit that every page is made of. See `layout` for how pages are put together, `labels`, `buttons`, `fields`, `choices`, `rows`,
`lists` and `parts` for what stands on them."""
