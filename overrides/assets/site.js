// The script of a reading page. Everything here is an enhancement: without it the page reads, folds, links and prints.
import { startQuizzes } from "./quiz.js"
import { copyFormulas, focusScrollers, printFolds } from "./reading.js"

startQuizzes()
focusScrollers()
copyFormulas()
printFolds()
