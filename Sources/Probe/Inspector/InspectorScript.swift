/// The JavaScript that is run in the server; each piece is the text of a function.
enum InspectorScript {
    /// The value itself, under a name that lasts as long as its group.
    static let itself = "function() { return this; }"

    /// How many elements a Map, Set, array or other object holds; null of what has none.
    static let count = """
        function() {
          for (const kind of [Map, Set]) {
            try { return Object.getOwnPropertyDescriptor(kind.prototype, 'size').get.call(this); } catch {}
          }
          if (Array.isArray(this) || ArrayBuffer.isView(this)) return this.length ?? this.byteLength;
          return typeof this === 'object' ? Object.keys(this).length : null;
        }
        """

    /// What properties lead to; undefined where one of them leads nowhere.
    static let walk = """
        function(...steps) {
          let value = this;
          for (const step of steps) {
            if (value === undefined || value === null) return undefined;
            value = value[step];
          }
          return value;
        }
        """

    /// Of an array of functions those whose source has a name in it, at most as many as a limit.
    static let mentioning = #"""
        function(name, limit) {
          const found = [];
          const text = Function.prototype.toString;
          const word = new RegExp('(?<![\\w$])' + name.replaceAll('$', '\\$') + '(?![\\w$])');
          for (const each of this) {
            if (found.length === limit) break;
            try { if (word.test(text.call(each))) found.push(each); } catch {}
          }
          return found;
        }
        """#
}
