-- Reads a JSON list of Markdown fragments, writes the JSON list of their markup in the format of the first argument.

local only_text = {
  RawBlock = function(el) return pandoc.Para({ pandoc.Str(el.text) }) end,
  RawInline = function(el) return pandoc.Str(el.text) end,
  CodeBlock = function(el) return pandoc.CodeBlock(el.text) end,
  Image = function(el) return el.caption end,
  -- A heading without words cannot be tagged.
  Header = function(el) return #el.content > 0 and pandoc.Header(3, el.content) or {} end,
  -- A rule is the mark of a section, which is not typed in prose.
  HorizontalRule = function() return {} end,
  Link = function(el)
    local safe = el.target:match("^https?://") or el.target:match("^mailto:")
    if not safe then return el.content end
  end,
}

local function convert(fragment)
  -- The empty list of files has the reader run in a sandbox.
  local document = pandoc.read(fragment, "commonmark", nil, {})
  return pandoc.write(document:walk(only_text), arg[1])
end

local fragments = pandoc.json.decode(io.read("a"), false)
local converted = {}
for i, fragment in ipairs(fragments) do converted[i] = convert(fragment) end
io.write(pandoc.json.encode(pandoc.List(converted)))
