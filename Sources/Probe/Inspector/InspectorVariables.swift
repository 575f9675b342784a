import RunProfile
import Vocabulary

/// Reads variables of a JavaScript program over its inspector, without stopping it.
///
/// A name is looked for first among what is global. Variables of modules, CommonJS and ECMAScript ones alike, and of
/// functions are not: they are found through the functions that use them. Every function in the heap whose source
/// mentions the name is asked for the scopes around it (`[[Scopes]]`), those of the program's own files before those of
/// `node_modules` and of Node itself. The first scope in which the whole path leads to something that can be counted
/// is kept, by its function. From then on a reading asks for the variable anew, so that one that is given another
/// value is followed.
///
/// Listing the functions (`Runtime.queryObjects`) makes the engine collect its garbage and walk its heap, and stops the
/// server meanwhile: 40 to 70 ms with a small heap, 3 s with one of 300 MB. It is done when a session begins, before the
/// baseline, and seldom again where something was not found. A reading itself stops nothing; it takes the server well
/// under a millisecond. Getters on the path are run.
final class InspectorVariables {
    /// Functions that are asked for their scopes, for one variable.
    static let functionLimit = 1_000
    /// Functions whose scopes are asked for together.
    private static let functionBatch = 256
    /// The group of what is needed for one reading.
    private static let readingGroup = "hydrotest-reading"
    /// The group of what is kept for the session.
    private static let keptGroup = "hydrotest-kept"

    private let session: InspectorSession
    private var scopes: [PropertyPath: InspectorScope] = [:]

    /// Variables of a session's program.
    init(session: InspectorSession) { self.session = session }

    /// The paths among some that have not been found.
    func missing(of paths: [PropertyPath]) -> [PropertyPath] { paths.filter { scopes[$0] == nil } }

    /// Counts what each path leads to; a path that was not found is a gap.
    func read(_ paths: [PropertyPath]) throws(HTTPClientError) -> [GaugeReading] {
        var roots: [InspectorScope: [String: RemoteValue]] = [:]
        var readings: [GaugeReading] = []
        for path in paths {
            guard let scope = scopes[path] else {
                readings.append(.gap(GapName.variableNotFound))
                continue
            }
            let root: RemoteValue?
            if let known = roots[scope]?[path.root] {
                root = known
            } else {
                root = try value(of: path.root, in: scope)
                roots[scope, default: [:]][path.root] = root
            }
            readings.append(try reading(path, from: root))
        }
        try release(Self.readingGroup)
        return readings
    }

    /// Looks for the scopes of paths.
    func find(_ paths: [PropertyPath]) throws(HTTPClientError) {
        var rest: [PropertyPath] = []
        for path in paths {
            let root = try value(of: path.root, in: .global)
            if case .value = try reading(path, from: root) { scopes[path] = .global } else { rest.append(path) }
        }
        if !rest.isEmpty {
            let scripts = try scriptRanks()
            let functions = try functions()
            for path in rest { scopes[path] = try scope(of: path, functions, scripts) }
        }
        try release(Self.readingGroup)
    }

    /// The Maps, Sets and arrays among the variables of the program's own files, and one property deep in its objects.
    ///
    /// - Parameter limit: paths that are given at most.
    func containers(limit: Int) throws(HTTPClientError) -> [PropertyPath] {
        let ranks = try scriptRanks()
        let list = try Self.elements(of: properties(of: try functions()))
        var seen: Set<String> = []
        var paths: [PropertyPath] = []
        var looked = 0
        for start in stride(from: 0, to: list.count, by: Self.functionBatch) {
            guard paths.count < limit, looked < Self.functionLimit else { break }
            let ids = Array(list[start..<min(start + Self.functionBatch, list.count)])
            let own = try properties(ofEach: ids).filter { function in
                let location = Self.internalProperty("[[FunctionLocation]]", of: function)
                return location?["value"]?["scriptId"]?.text.map { ranks[$0] == 0 } ?? false
            }
            looked += own.count
            var variables: [(name: String, value: JSONValue)] = []
            for scope in try properties(ofEach: try scopes(ofEach: own)) {
                for variable in scope["result"]?.elements ?? [] {
                    guard let name = variable["name"]?.text, let value = variable["value"],
                        seen.insert(name).inserted
                    else { continue }
                    variables.append((name, value))
                }
            }
            paths += try containers(among: variables)
        }
        try release(Self.readingGroup)
        return Array(paths.prefix(limit))
    }

    /// What among variables holds several things: they themselves, or properties of plain objects.
    private func containers(
        among variables: [(name: String, value: JSONValue)]
    ) throws(HTTPClientError) -> [PropertyPath] {
        let objects = variables.filter { Self.isPlainObject($0.value) }
        let insides = try properties(ofEach: objects.compactMap { $0.value["objectId"]?.text })
        var inside = insides.makeIterator()
        var paths: [PropertyPath] = []
        for (name, value) in variables {
            if Self.isContainer(value) {
                if let path = PropertyPath(name) { paths.append(path) }
            } else if Self.isPlainObject(value), let all = inside.next() {
                let members = (all["result"]?.elements ?? []) + (all["privateProperties"]?.elements ?? [])
                for property in members where property["value"].map(Self.isContainer) ?? false {
                    guard let step = property["name"]?.text, let path = PropertyPath("\(name).\(step)") else {
                        continue
                    }
                    paths.append(path)
                }
            }
        }
        return paths
    }

    private static func isContainer(_ value: JSONValue) -> Bool {
        value["type"]?.text == "object" && ["map", "set", "array"].contains(value["subtype"]?.text ?? "")
    }

    private static func isPlainObject(_ value: JSONValue) -> Bool {
        value["type"]?.text == "object" && value["subtype"] == nil && value["objectId"]?.text != nil
    }

    /// The names of an array's elements, by their properties; without functions that the engine brings, which have no
    /// source.
    private static func elements(of properties: JSONValue) -> [String] {
        (properties["result"]?.elements ?? []).compactMap { element in
            guard element["name"]?.text.flatMap(Int.init) != nil, let value = element["value"],
                value["description"]?.text?.hasSuffix("{ [native code] }") != true
            else { return nil }
            return value["objectId"]?.text
        }
    }

    private func reading(_ path: PropertyPath, from root: RemoteValue?) throws(HTTPClientError) -> GaugeReading {
        var value = root
        var steps = path.steps[...]
        while let step = steps.first, let id = value?.id {
            if step.hasPrefix("#") {
                // Only the inspector sees what is private to a class.
                let properties = try properties(of: id)["privateProperties"]?.elements ?? []
                value = RemoteValue(properties.first { $0["name"]?.text == step }?["value"])
                steps = steps.dropFirst()
            } else {
                let names = steps.prefix { !$0.hasPrefix("#") }
                value = try call(InspectorScript.walk, on: id, names.map { .string($0) })
                steps = steps.dropFirst(names.count)
            }
        }
        guard let value, steps.isEmpty else { return .gap(GapName.variableNotFound) }
        if let number = value.number { return .value(number) }
        guard let id = value.id, let number = try call(InspectorScript.count, on: id)?.number else {
            return .gap(GapName.notANumber)
        }
        return .value(number)
    }

    private func value(of name: String, in scope: InspectorScope) throws(HTTPClientError) -> RemoteValue? {
        switch scope {
        case .global:
            let answer = try session.call(
                "Runtime.evaluate",
                [
                    "expression": .string("typeof \(name) === 'undefined' ? undefined : \(name)"),
                    "silent": .bool(true),
                    "objectGroup": .string(Self.readingGroup),
                ]
            )
            return answer["exceptionDetails"] == nil ? RemoteValue(answer["result"]) : nil
        case .around(let function, let index):
            // Under a new name, since all that is reached from a name belongs to its group.
            guard let id = try call(InspectorScript.itself, on: function)?.id else { return nil }
            let scopes = try self.scopes(of: try properties(of: id))
            return index < scopes.count ? try variable(name, in: scopes[index]) : nil
        }
    }

    private func variable(_ name: String, in scope: String) throws(HTTPClientError) -> RemoteValue? {
        let variables = try properties(of: scope)["result"]?.elements ?? []
        return RemoteValue(variables.first { $0["name"]?.text == name }?["value"])
    }

    /// The names of the scopes around a function, the innermost first, without the global one.
    private func scopes(of function: JSONValue) throws(HTTPClientError) -> [String] {
        try scopes(ofEach: [function])
    }

    /// The names of the scopes around each of some functions.
    private func scopes(ofEach functions: [JSONValue]) throws(HTTPClientError) -> [String] {
        let lists = functions.compactMap { RemoteValue(Self.internalProperty("[[Scopes]]", of: $0))?.id }
        return try properties(ofEach: lists).flatMap { list in
            (list["result"]?.elements ?? []).compactMap { property in
                guard property["name"]?.text.flatMap(Int.init) != nil, let scope = property["value"],
                    scope["description"]?.text != "Global"
                else { return nil }
                return scope["objectId"]?.text
            }
        }
    }

    private static func internalProperty(_ name: String, of properties: JSONValue) -> JSONValue? {
        properties["internalProperties"]?.elements.first { $0["name"]?.text == name }?["value"]
    }

    private func scope(
        of path: PropertyPath,
        _ functions: String,
        _ ranks: [String: Int]
    ) throws(HTTPClientError) -> InspectorScope? {
        let limit = Double(Self.functionLimit)
        let found = try call(InspectorScript.mentioning, on: functions, [.string(path.root), .number(limit)])
        guard let list = found?.id else { return nil }
        var candidates: [(id: String, rank: Int, properties: JSONValue)] = []
        let ids = try Self.elements(of: properties(of: list))
        for (id, properties) in zip(ids, try properties(ofEach: ids)) {
            let location = Self.internalProperty("[[FunctionLocation]]", of: properties)
            let script = location?["value"]?["scriptId"]?.text
            candidates.append((id, script.flatMap { ranks[$0] } ?? Int.max, properties))
        }
        for candidate in candidates.sorted(by: { $0.rank < $1.rank }) {
            for (index, scope) in try scopes(of: candidate.properties).enumerated() {
                guard let root = try variable(path.root, in: scope), case .value = try reading(path, from: root) else {
                    continue
                }
                let kept = try call(InspectorScript.itself, on: candidate.id, group: Self.keptGroup)
                return kept?.id.map { .around(function: $0, index: index) }
            }
        }
        return nil
    }

    /// The scripts that the program consists of: its own files first, then its packages, then what Node brings.
    private func scriptRanks() throws(HTTPClientError) -> [String: Int] {
        var ranks: [String: Int] = [:]
        session.onEvent = { method, event in
            guard method == "Debugger.scriptParsed", let id = event["scriptId"]?.text else { return }
            let url = event["url"]?.text ?? ""
            ranks[id] = url.hasPrefix("node:") || url.isEmpty ? 2 : url.contains("/node_modules/") ? 1 : 0
        }
        defer { session.onEvent = nil }
        // It lists all scripts before it answers; nothing is stopped. A debugger that stays enabled would stop the
        // program at its next `debugger` statement: it goes with the session.
        session.isUsable = false
        try session.call("Debugger.enable")
        try session.call("Debugger.disable")
        session.isUsable = true
        return ranks
    }

    /// The name of an array of all functions in the heap.
    private func functions() throws(HTTPClientError) -> String {
        let group: JSONValue = .string(Self.readingGroup)
        let prototype = try session.call(
            "Runtime.evaluate",
            ["expression": .string("Function.prototype"), "objectGroup": group]
        )
        guard let id = prototype["result"]?["objectId"] else { throw .inspectorRefused }
        let found = try session.call("Runtime.queryObjects", ["prototypeObjectId": id, "objectGroup": group])
        guard let functions = found["objects"]?["objectId"]?.text else { throw .inspectorRefused }
        return functions
    }

    private func properties(of id: String) throws(HTTPClientError) -> JSONValue {
        try session.call("Runtime.getProperties", Self.asking(for: id))
    }

    private func properties(ofEach ids: [String]) throws(HTTPClientError) -> [JSONValue] {
        try session.calls("Runtime.getProperties", ids.map(Self.asking))
    }

    private static func asking(for id: String) -> [String: JSONValue] {
        ["objectId": .string(id), "ownProperties": .bool(true)]
    }

    /// Calls a function with a value as `this`; nil where it throws or gives nothing.
    private func call(
        _ function: String,
        on id: String,
        _ arguments: [JSONValue] = [],
        group: String = readingGroup
    ) throws(HTTPClientError) -> RemoteValue? {
        let answer = try session.call(
            "Runtime.callFunctionOn",
            [
                "functionDeclaration": .string(function), "objectId": .string(id), "silent": .bool(true),
                "arguments": .array(arguments.map { .object(["value": $0]) }), "objectGroup": .string(group),
            ]
        )
        return answer["exceptionDetails"] == nil ? RemoteValue(answer["result"]) : nil
    }

    private func release(_ group: String) throws(HTTPClientError) {
        try session.call("Runtime.releaseObjectGroup", ["objectGroup": .string(group)])
    }
}

/// Where a variable lives.
enum InspectorScope: Hashable {
    /// Everybody sees it: a property of `globalThis`, or a variable of a script that is no module.
    case global
    /// One of the scopes around a function, which is kept by this name in the session.
    case around(function: String, index: Int)
}

/// A JavaScript value as the inspector shows it (Chrome DevTools Protocol, `Runtime.RemoteObject`).
struct RemoteValue: Equatable {
    /// What an object is known by in the session; nil of a primitive value.
    let id: String?
    /// The number; nil of any other value.
    let number: Double?

    /// Reads a value; nil where there is none, or it is undefined.
    init?(_ json: JSONValue?) {
        guard let json, let type = json["type"]?.text, type != "undefined" else { return nil }
        id = json["objectId"]?.text
        number = json["value"]?.number
    }
}

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
