import Vocabulary

/// Makes a case out of another one.
enum CaseMutator {
    /// Changes one or two steps.
    static func mutate(_ test: inout FuzzCase, _ random: inout SplitMix64) {
        for _ in 0..<random.number(in: 1...2) {
            guard !test.steps.isEmpty else { return }
            let place = random.number(in: 0...test.steps.count - 1)
            switch random.number(in: 0...4) {
            case 0 where test.steps.count > 1: test.steps.remove(at: place)
            case 1: test.steps.insert(test.steps[place], at: random.number(in: 0...test.steps.count))
            case 2: test.steps.swapAt(place, random.number(in: 0...test.steps.count - 1))
            case 3:
                let pause = Action.pause(random.delay(upTo: 5 * .perMillisecond))
                test.steps.insert(Step(test.steps[place].client, pause), at: place)
            default: change(&test.steps[place], &random)
            }
        }
    }

    private static func change(_ step: inout Step, _ random: inout SplitMix64) {
        switch step.action {
        case .send(var bytes, let pieces):
            ByteMutator.mutate(&bytes, &random)
            step.action = .send(bytes, pieces: random.chance(70) ? pieces : random.number(in: 1...64))
        case .inject(var bytes):
            ByteMutator.mutate(&bytes, &random)
            step.action = .inject(bytes)
        case .drop: step.action = .drop(random.pick([.fin, .rst, .halfClose]))
        case .open(var opening):
            opening.until = random.pick([.sent, .head, .event])
            if random.chance(30) { opening.resumption = .canary }
            step.action = .open(opening)
        case .publish(var publication):
            publication.text += random.pick([" é", Injection.plain(&random), "\n"])
            step.action = .publish(publication)
        case .pause: step.action = .pause(random.delay(upTo: 20 * .perMillisecond))
        case .connect, .expect, .stall, .subscribe, .unsubscribe: break
        }
    }
}
