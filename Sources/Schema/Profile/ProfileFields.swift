import Vocabulary

/// What stands in a profile: each value may also be a text with `${NAME}` in it.
extension JSONSchema {
    /// The pattern that a text with a variable matches.
    private static let variable = "\\$\\{"
    private static let number = "[0-9]+(\\.[0-9]*)?|\\.[0-9]+"

    /// Any scalar: a number without quotes is read as the text that it is written as.
    static var text: JSONSchema {
        JSONSchema([.init("type", .list(["string", "number", "boolean"].map { .text($0) }))])
    }

    /// A name of one line.
    static var name: JSONSchema {
        JSONSchema([.init("type", .list(["string", "number"].map { .text($0) }))])
    }

    /// True or false.
    static var flag: JSONSchema { .any(of: [.type("boolean"), .text(matching: variable)]) }

    /// A whole number within a range; `_` may part its digits.
    static func whole<Number: FixedWidthInteger>(in range: ClosedRange<Number>) -> JSONSchema {
        .any(of: [
            .type("integer").adding("minimum", .number("\(range.lowerBound)"))
                .adding("maximum", .number("\(range.upperBound)")),
            .text(matching: "^[0-9][0-9_]*$|\(variable)"),
        ])
    }

    /// A number.
    static var decimal: JSONSchema {
        .any(of: [.type("number").adding("minimum", .number("0")), .text(matching: "^(\(number))$|\(variable)")])
    }

    private static var durationPattern: String {
        "(\(number))\\s*(\(DurationText.units.map(\.suffix).joined(separator: "|")))|0"
    }

    private static var zero: JSONSchema { JSONSchema([.init("const", .number("0"))]) }

    /// A duration: `250ms`.
    static var duration: JSONSchema {
        .any(of: [.text(matching: "^\\s*(\(durationPattern))\\s*$|\(variable)"), zero])
    }

    /// A duration, or off, which YAML 1.1 takes for false.
    static var durationOrOff: JSONSchema {
        .any(of: [duration, .words(["off"]), JSONSchema([.init("const", .flag(false))])])
    }

    /// A duration, or two: `0ms..20ms`.
    static var durations: JSONSchema {
        .any(of: [
            .text(matching: "^\\s*(\(durationPattern))\\s*(\\.\\.\\s*(\(durationPattern))\\s*)?$|\(variable)"), zero,
        ])
    }

    /// Things per time: `400/s`.
    static var rate: JSONSchema { .text(matching: "^(\(number))/(ms|s|m|h)$|\(variable)") }

    private static let byteUnit = "\\s*(KiB|MiB|GiB|B)?"

    /// A count of bytes: `4KiB`.
    static var bytes: JSONSchema {
        .any(of: [
            .type("integer").adding("minimum", .number("1")), .text(matching: "^(\(number))\(byteUnit)$|\(variable)"),
        ])
    }

    /// Bytes per second: `1KiB/s`.
    static var byteRate: JSONSchema { .text(matching: "^(\(number))\(byteUnit)/s$|\(variable)") }

    /// A whole number, or two: `1..50`.
    static var counts: JSONSchema {
        .any(of: [
            .type("integer").adding("minimum", .number("1")), .text(matching: "^[0-9]+(\\.\\.[0-9]+)?$|\(variable)"),
        ])
    }

    /// A request method, in capitals.
    static var method: JSONSchema { .text(matching: "^[!#$%&'*+.^_`|~0-9A-Z-]+$|\(variable)") }

    /// A share in percent: `20%`.
    static var share: JSONSchema { .any(of: [.text(matching: "^(\(number))%$|^0$|\(variable)"), zero]) }

    /// An http or https address, or the bundled server.
    static var address: JSONSchema { .text(matching: "^[Hh][Tt][Tt][Pp][Ss]?://|^reference(/|$)|\(variable)") }

    /// A word of a set.
    static func choice<Choice: RawRepresentable<String> & CaseIterable>(_: Choice.Type) -> JSONSchema {
        .any(of: [.words(Choice.allCases.map(\.rawValue)), .text(matching: variable)])
    }

    /// Words of a set, or all of them.
    static func choices<Choice: RawRepresentable<String> & CaseIterable>(_ type: Choice.Type) -> JSONSchema {
        .any(of: [.words(["all"]), .list(of: .choice(type), from: 1)])
    }
}
