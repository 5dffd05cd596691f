package tutti.bench;

import java.io.IOException;

/** Somebody who makes pictures, many of them in one process, or each in its own. */
interface PictureMaker {

    /**
     * What one picture takes.
     *
     * @param wallMillis the median
     * @param cpuMillis the mean, over all threads of the process
     * @param residentMegabytes at most, of the process; 0 where it was not measured
     * @param heapMegabytes at most, with its garbage; 0 where there is none
     */
    record Cost(int times, double wallMillis, double cpuMillis, long residentMegabytes, long heapMegabytes) {}

    String name();

    Cost cost(PictureJob job) throws IOException, InterruptedException;
}
