package tutti.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {

    private static final short TAG = 274;
    private static final short SHORT = 3;
    private static final short RATIONAL = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void is_read_in_both_orders_of_bytes_and_from_wherever_the_directory_is(int value) {
        for (var order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            assertThat(Orientation.of(exif(order, 20, value))).isEqualTo(Orientation.values()[value - 1]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 9, 274})
    void is_upright_where_it_is_none(int value) {
        assertThat(Orientation.of(exif(ByteOrder.BIG_ENDIAN, 8, value))).isEqualTo(Orientation.UPRIGHT);
    }

    @Test
    void is_upright_where_the_block_ends_early_or_its_directory_is_elsewhere() {
        var whole = exif(ByteOrder.LITTLE_ENDIAN, 8, 6);
        for (var length = 0; length < whole.length - 2; length++) {
            assertThat(Orientation.of(Arrays.copyOf(whole, length))).isEqualTo(Orientation.UPRIGHT);
        }
        for (var at : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 5000}) {
            ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(4, at);
            assertThat(Orientation.of(whole)).isEqualTo(Orientation.UPRIGHT);
        }
    }

    /** Values may overlap: each of some thousand tags can claim all of the block. */
    @Test
    void whatever_other_tags_claim_is_not_looked_at() {
        var tags = 5_000;
        var exif = header(ByteOrder.BIG_ENDIAN, 8, 2 + 12 * tags).putShort((short) tags);
        for (var i = 0; i < tags; i++) {
            exif.putShort((short) 0x9000).putShort(RATIONAL).putInt(7_000).putInt(8);
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Orientation.of(exif.array());
        var before = threads.getCurrentThreadAllocatedBytes();

        assertThat(Orientation.of(exif.array())).isEqualTo(Orientation.UPRIGHT);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    private static byte[] exif(ByteOrder order, int directory, int value) {
        return header(order, directory, 2 + 2 * 12)
                .putShort((short) 2)
                .putShort((short) 271)
                .putShort((short) 2)
                .putInt(4)
                .putInt(0)
                .putShort(TAG)
                .putShort(SHORT)
                .putInt(1)
                .putShort((short) value)
                .putShort((short) 0)
                .array();
    }

    private static ByteBuffer header(ByteOrder order, int directory, int bytes) {
        var mark = order == ByteOrder.BIG_ENDIAN ? "MM" : "II";
        return ByteBuffer.allocate(directory + bytes)
                .order(order)
                .put(mark.getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(directory)
                .position(directory);
    }
}
